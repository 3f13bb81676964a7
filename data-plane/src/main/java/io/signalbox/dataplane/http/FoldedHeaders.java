package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/**
 * Headers of a request as Netty's decoder reads them. It puts a blank in place of the break in a folded line (RFC 9112,
 * section 5.2), also where the line is empty before or after the break, and then takes that blank for a fault of the value.
 */
final class FoldedHeaders extends DefaultHttpHeaders {
    private static final DefaultHttpHeadersFactory CHECKS = DefaultHttpHeadersFactory.headersFactory();

    private FoldedHeaders() {
        super(CHECKS.getNameValidator(), CHECKS.getValueValidator());
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        return super.add(name, value instanceof String text ? trim(text) : value);
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    static final class Factory implements HttpHeadersFactory {
        @Override
        public HttpHeaders newHeaders() {
            return new FoldedHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new FoldedHeaders();
        }
    }
}
