package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What an HTTP(S) listener makes of requests before any route is looked for, and of answers when all else is done.
 *
 * @param rateLimit for all requests that routes take, but for those for which a route or virtual host has one
 * @param maxRequestBody the same of how long they may be
 * @param idleTimeout how long nothing may move while a request is under way, where its route does not say; zero for no limit (5 min
 *     when empty)
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
        Optional<Duration> idleTimeout,
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
                Optional.empty(),
                ConnectionRules.NONE);
    }

    public ListenerEdge with(ConnectionRules other) {
        return new ListenerEdge(
                trust,
                redirectToHttps,
                http2,
                rateLimit,
                maxRequestBody,
                authorization,
                compression,
                idleTimeout,
                other);
    }

    public ListenerEdge withIdleTimeout(Duration timeout) {
        return new ListenerEdge(
                trust,
                redirectToHttps,
                http2,
                rateLimit,
                maxRequestBody,
                authorization,
                compression,
                Optional.of(timeout),
                connections);
    }
}
