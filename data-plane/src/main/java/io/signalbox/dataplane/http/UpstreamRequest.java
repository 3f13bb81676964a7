package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.routing.Decision;
import io.signalbox.routing.RepeatedHeaders;
import java.util.Optional;

/** The head of a request as a backend gets it. */
final class UpstreamRequest {
    private UpstreamRequest() {}

    /**
     * @param headers to send, which this changes
     * @param host that it goes to
     * @param envoyHeaders whether {@code x-envoy-*} headers are added
     */
    static HttpRequest head(
            RequestHead request, HttpHeaders headers, Decision.Forward forward, Host host, boolean envoyHeaders) {
        authority(request, forward, host).ifPresent(authority -> {
            if (forward.forwarding().appendForwardedHost()) {
                forwardedHost(headers, request.authority());
            }
            headers.set(HeaderNames.HOST, authority);
            if (envoyHeaders && !request.authority().isEmpty()) {
                headers.set(HeaderNames.ORIGINAL_HOST, request.authority());
            }
        });
        if (forward.path().isPresent() && envoyHeaders) {
            headers.set(HeaderNames.ORIGINAL_PATH, request.path());
        }
        frame(request, headers);
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.verb(), forward.path().orElse(request.path()), headers);
    }

    /** Of a host that is given by its address the name is not known, and nothing changes. */
    private static Optional<String> authority(RequestHead request, Decision.Forward forward, Host host) {
        return forward.forwarding().autoHostRewrite() ? host.name() : forward.authority(request);
    }

    /** Not a second time, if it is the last one; a blank before it makes it another one to Envoy. */
    private static void forwardedHost(HttpHeaders headers, String authority) {
        String before = RepeatedHeaders.join(headers.getAll(HeaderNames.FORWARDED_HOST));
        if (before.isEmpty()) {
            headers.set(HeaderNames.FORWARDED_HOST, authority);
        } else if (!before.substring(before.lastIndexOf(',') + 1).equals(authority)) {
            headers.set(HeaderNames.FORWARDED_HOST, before + "," + authority);
        }
    }

    /** A filter may have found out the length of a body that came without one. */
    private static void frame(RequestHead request, HttpHeaders headers) {
        if (request.body() == RequestBody.CHUNKED && !headers.contains(HeaderNames.CONTENT_LENGTH)) {
            headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
        }
    }
}
