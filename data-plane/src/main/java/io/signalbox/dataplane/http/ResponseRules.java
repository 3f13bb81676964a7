package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.config.HttpConfig;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The heads of responses: of backends, as they are passed on, and our own. */
final class ResponseRules {
    private final HttpConfig config;
    private final DateHeader date;

    ResponseRules(HttpConfig config, DateHeader date) {
        this.config = config;
        this.date = date;
    }

    /**
     * @param serviceMillis how long the backend took from the end of the request, or less than 0 when the request has not
     *     ended yet
     */
    HttpResponse fromUpstream(HttpResponse upstream, @Nullable String requestId, long serviceMillis, boolean close) {
        int status = upstream.status().code();
        HttpHeaders headers = HopByHop.strip(upstream.headers());
        if (config.envoyHeaders() && serviceMillis >= 0) {
            headers.set(HeaderNames.SERVICE_TIME, Long.toString(serviceMillis));
        }
        finish(headers, requestId, close);
        if (hasNoBody(status)) {
            if (status == 204) {
                headers.remove(HeaderNames.CONTENT_LENGTH);
            }
        } else if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, ReasonPhrases.status(status), headers);
    }

    /**
     * @param requestId null when there is none
     * @param head whether it answers a HEAD
     */
    FullHttpResponse local(LocalReply reply, @Nullable String requestId, boolean head, boolean close) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        ByteBuffer body = reply.body();
        if (reply.location() != null) {
            headers.set(HeaderNames.LOCATION, reply.location());
        }
        if (reply.flag() != null) {
            headers.set(reply.flag(), HeaderNames.TRUE);
        }
        if (body != null) {
            headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(body.remaining()));
            headers.set(HeaderNames.CONTENT_TYPE, HeaderNames.TEXT_PLAIN);
        }
        finish(headers, requestId, close);
        if (body == null && !hasNoBody(reply.status())) {
            // Envoy's codec says so, and only GET-like requests learn that it is 0.
            if (head) {
                headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
            } else {
                headers.set(HeaderNames.CONTENT_LENGTH, "0");
            }
        }
        ByteBuf content = body == null || head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                ReasonPhrases.status(reply.status()),
                content,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private void finish(HttpHeaders headers, @Nullable String requestId, boolean close) {
        if (!headers.contains(HeaderNames.DATE)) {
            headers.set(HeaderNames.DATE, date.value());
        }
        headers.set(HeaderNames.SERVER, config.serverName());
        if (config.requestId().alwaysInResponse() && requestId != null) {
            headers.set(HeaderNames.REQUEST_ID, requestId);
        }
        if (close) {
            headers.set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
        }
    }

    private static boolean hasNoBody(int status) {
        return status == 204 || status == 304;
    }
}
