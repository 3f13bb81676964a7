package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.dataplane.config.HttpConfig;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The heads of responses: those of our own, and what every one gets in the end. Envoy: the connection manager's part. */
final class ResponseRules {
    static final int SWITCHING_PROTOCOLS = 101;

    private final HttpConfig config;
    private final DateHeader date;

    ResponseRules(HttpConfig config, DateHeader date) {
        this.config = config;
        this.date = date;
    }

    /**
     * @param head whether it answers a HEAD
     * @param changes made before the text is described; what they say of its type stands
     */
    static ResponseHead local(LocalReply reply, boolean head, Consumer<HttpHeaders> changes) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        if (reply.location() != null) {
            headers.set(HeaderNames.LOCATION, reply.location());
        }
        changes.accept(headers);
        HttpHeaders own = reply.headers();
        if (own != null) {
            own.names().forEach(name -> headers.set(name, own.getAll(name)));
        }
        if (reply.flag() != null) {
            headers.set(reply.flag(), HeaderNames.TRUE);
        }
        GrpcStatus grpc = reply.grpc();
        if (grpc != null) {
            headers.remove(HeaderNames.CONTENT_LENGTH);
            headers.set(HeaderNames.CONTENT_TYPE, HeaderNames.APPLICATION_GRPC);
            if (!headers.contains(HeaderNames.GRPC_STATUS)) { // what the route says stands
                headers.set(HeaderNames.GRPC_STATUS, Integer.toString(grpc.code()));
            }
            if (!grpc.message().isEmpty()) {
                headers.set(HeaderNames.GRPC_MESSAGE, grpc.message());
            }
        } else if (reply.body() == null) {
            headers.remove(HeaderNames.CONTENT_LENGTH);
            headers.remove(HeaderNames.CONTENT_TYPE);
        } else {
            headers.set(
                    HeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().remaining()));
            if (!headers.contains(HeaderNames.CONTENT_TYPE)) {
                headers.set(HeaderNames.CONTENT_TYPE, HeaderNames.TEXT_PLAIN);
            }
        }
        return new ResponseHead(ReasonPhrases.status(reply.status()), headers, head || reply.body() == null);
    }

    /** @param requestId null when there is none */
    void finish(HttpHeaders headers, @Nullable String requestId) {
        if (!headers.contains(HeaderNames.DATE)) {
            headers.set(HeaderNames.DATE, date.value());
        }
        headers.set(HeaderNames.SERVER, config.serverName());
        if (config.requestId().alwaysInResponse() && requestId != null) {
            headers.set(HeaderNames.REQUEST_ID, requestId);
        }
    }

    /** The framing of HTTP/1.1, but for what begins a tunnel. */
    static void frame(ResponseHead head, boolean answersHead) {
        HttpHeaders headers = head.headers();
        int status = head.code();
        if (status == 204) {
            headers.remove(HeaderNames.CONTENT_LENGTH);
        } else if (status != 304 && !headers.contains(HeaderNames.CONTENT_LENGTH)) {
            // Envoy's codec says so, and only GET-like requests learn that it is 0.
            if (head.bodiless() && !answersHead) {
                headers.set(HeaderNames.CONTENT_LENGTH, "0");
            } else {
                headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
            }
        }
    }
}
