package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.signalbox.dataplane.config.HttpConfig;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Envoy's HTTP/1 codec refuses before its connection manager sees a request. */
final class ProtocolCheck {
    /** The methods that Envoy's parser knows; others are no HTTP to it. */
    private static final Set<String> METHODS = Set.of(
            "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH"
                    .concat(" NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH")
                    .concat(" SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE")
                    .split(" "));

    private static final String AUTHORITY_MARKS = "!$%&'()*+,-.:;=@[]_~";

    private ProtocolCheck() {}

    /**
     * The answer to a request that is not to be looked at further, or null.
     *
     * @param target null when the request line names none
     */
    static @Nullable LocalReply refusal(HttpRequest request, @Nullable RequestTarget target, HttpConfig config) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
                return tooLarge();
            }
            // Netty fails on a body whose end it cannot tell.
            LocalReply framing = framingRefusal(request);
            return framing == null ? badRequest() : framing;
        }
        if (!METHODS.contains(request.method().name()) || !isVisibleAscii(request.uri())) {
            return badRequest();
        }
        LocalReply refusal = headersRefusal(request, config);
        if (refusal == null) {
            refusal = framingRefusal(request);
        }
        if (refusal == null && target == null) {
            refusal = badRequest();
        }
        boolean spoken = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return refusal != null || spoken
                ? refusal
                : LocalReply.text(426, "Upgrade Required").closing();
    }

    static LocalReply badRequest() {
        return LocalReply.text(400, "Bad Request").closing();
    }

    private static LocalReply tooLarge() {
        return LocalReply.text(431, "Request Header Fields Too Large").closing();
    }

    private static @Nullable LocalReply headersRefusal(HttpRequest request, HttpConfig config) {
        int bytes = request.uri().length();
        int count = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = request.headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            bytes += header.getKey().length() + header.getValue().length();
            count++;
            if (!isHeaderValue(header.getValue())) {
                return badRequest();
            }
        }
        return bytes > config.maxRequestHeadersBytes() || count > config.maxRequestHeaders() ? tooLarge() : null;
    }

    private static @Nullable LocalReply framingRefusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean tunnel = request.method().name().equals("CONNECT");
        List<String> encodings = headers.getAll(HeaderNames.TRANSFER_ENCODING);
        if (encodings.isEmpty()) {
            return tunnel && RequestBody.of(headers) != RequestBody.NONE ? badRequest() : null;
        }
        if (tunnel || encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
            return LocalReply.text(501, "Not Implemented").closing();
        }
        return headers.contains(HeaderNames.CONTENT_LENGTH) ? badRequest() : null;
    }

    private static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHeaderValue(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    static boolean isAuthority(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && AUTHORITY_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
