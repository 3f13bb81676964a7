package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * What an HTTP(S) listener makes of requests before any route is looked for, and of answers when all else is done.
 *
 * @param rateLimit for all requests that routes take, but for those for which a route or virtual host has one
 * @param maxRequestBody the same of how long they may be
 * @param connections what is asked of connections, whatever is spoken on them
 */
public record ListenerEdge(
        Optional<Trust> trust,
        Optional<HttpsRedirect> redirectToHttps,
        Http2 http2,
        Optional<RateLimit> rateLimit,
        Optional<BodyLimit> maxRequestBody,
        Optional<Authorization> authorization,
        Optional<Compression> compression,
        ConnectionRules connections) {
    public static final ListenerEdge DEFAULT = new ListenerEdge(Optional.empty(), Optional.empty(), Http2.DEFAULT);

    public ListenerEdge(Optional<Trust> trust, Optional<HttpsRedirect> redirectToHttps, Http2 http2) {
        this(trust, redirectToHttps, http2, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public ListenerEdge(
            Optional<Trust> trust,
            Optional<HttpsRedirect> redirectToHttps,
            Http2 http2,
            Optional<RateLimit> rateLimit,
            Optional<BodyLimit> maxRequestBody,
            Optional<Authorization> authorization,
            Optional<Compression> compression) {
        this(
                trust,
                redirectToHttps,
                http2,
                rateLimit,
                maxRequestBody,
                authorization,
                compression,
                ConnectionRules.NONE);
    }

    public ListenerEdge with(ConnectionRules other) {
        return new ListenerEdge(
                trust, redirectToHttps, http2, rateLimit, maxRequestBody, authorization, compression, other);
    }
}
