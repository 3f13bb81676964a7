package io.signalbox.controlplane.model;

import java.util.Optional;

/** What an HTTP(S) listener makes of requests before any route is looked for. */
public record ListenerEdge(Optional<Trust> trust, Optional<HttpsRedirect> redirectToHttps, Http2 http2) {
    public static final ListenerEdge DEFAULT = new ListenerEdge(Optional.empty(), Optional.empty(), Http2.DEFAULT);
}
