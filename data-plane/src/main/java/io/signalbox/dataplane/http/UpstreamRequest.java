package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.routing.Decision;
import java.util.Set;

/** The head of a request as a backend gets it. */
final class UpstreamRequest {
    /** Requests whose lack of a body need not be said. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "TRACE", "CONNECT");

    private UpstreamRequest() {}

    /** @param envoyHeaders whether {@code x-envoy-*} headers are added */
    static HttpRequest head(RequestHead request, Decision.Forward forward, boolean envoyHeaders) {
        HttpHeaders headers = request.headers();
        if (forward.authority().isPresent()) {
            headers.set(HeaderNames.HOST, forward.authority().get());
            if (envoyHeaders) {
                headers.set(HeaderNames.ORIGINAL_HOST, request.authority());
            }
        }
        if (forward.path().isPresent() && envoyHeaders) {
            headers.set(HeaderNames.ORIGINAL_PATH, request.path());
        }
        frame(request, headers);
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.verb(), forward.path().orElse(request.path()), headers);
    }

    /** A filter may have found out the length of a body that came without one. */
    private static void frame(RequestHead request, HttpHeaders headers) {
        if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
            return;
        }
        if (request.body() != RequestBody.NONE) {
            headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
        } else if (!BODILESS.contains(request.method())) {
            headers.set(HeaderNames.CONTENT_LENGTH, "0");
        }
    }
}
