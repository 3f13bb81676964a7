package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.routing.Decision;
import io.signalbox.routing.RepeatedHeaders;

/** The head of a request as a backend gets it. */
final class UpstreamRequest {
    private UpstreamRequest() {}

    /**
     * What a rewritten path and host leave in the headers, which this changes. Envoy: once, before a host is looked for, so that
     * answers can tell of it though there is none.
     *
     * @param envoyHeaders whether {@code x-envoy-*} headers are added
     */
    static void rewrite(RequestHead request, Decision.Forward forward, boolean envoyHeaders) {
        if (!forward.forwarding().autoHostRewrite()) {
            forward.authority(request)
                    .ifPresent(name -> rewriteHost(request, request.headers(), name, forward, envoyHeaders));
        }
        if (forward.path().isPresent() && envoyHeaders) {
            request.headers().set(HeaderNames.ORIGINAL_PATH, request.path());
        }
    }

    /**
     * @param headers to send, rewritten before; this changes them
     * @param host that it goes to
     * @param envoyHeaders whether {@code x-envoy-*} headers are added
     */
    static HttpRequest head(
            RequestHead request, HttpHeaders headers, Decision.Forward forward, Host host, boolean envoyHeaders) {
        if (forward.forwarding().autoHostRewrite()) {
            // Of a host that is given by its address the name is not known, and nothing changes.
            host.name().ifPresent(name -> rewriteHost(request, headers, name, forward, envoyHeaders));
        }
        frame(request, headers);
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.verb(), forward.path().orElse(request.path()), headers);
    }

    static boolean asksForWebSocket(RequestHead request) {
        return request.upgrade()
                && "websocket".equalsIgnoreCase(request.headers().get(HeaderNames.UPGRADE));
    }

    private static void rewriteHost(
            RequestHead request,
            HttpHeaders headers,
            String authority,
            Decision.Forward forward,
            boolean envoyHeaders) {
        // Of an empty one nobody is told.
        if (!request.authority().isEmpty()) {
            if (forward.forwarding().appendForwardedHost()) {
                forwardedHost(headers, request.authority());
            }
            if (envoyHeaders) {
                headers.set(HeaderNames.ORIGINAL_HOST, request.authority());
            }
        }
        headers.set(HeaderNames.HOST, authority);
    }

    /** Not a second time, if it is the last one; a blank before it makes it another one to Envoy. */
    private static void forwardedHost(HttpHeaders headers, String authority) {
        String before = RepeatedHeaders.join(headers.getAll(HeaderNames.FORWARDED_HOST));
        if (before.isEmpty()) {
            headers.set(HeaderNames.FORWARDED_HOST, authority);
        } else if (!lastEntry(before).equals(authority)) {
            headers.set(HeaderNames.FORWARDED_HOST, before + "," + authority);
        }
    }

    /** Entries of nothing but blanks are none. */
    private static String lastEntry(String list) {
        String last = "";
        for (String entry : list.split(",", -1)) {
            last = entry.isBlank() ? last : entry;
        }
        return last;
    }

    /** A filter may have found out the length of a body that came without one. */
    private static void frame(RequestHead request, HttpHeaders headers) {
        if (request.body() == RequestBody.CHUNKED && !headers.contains(HeaderNames.CONTENT_LENGTH)) {
            headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
        }
    }
}
