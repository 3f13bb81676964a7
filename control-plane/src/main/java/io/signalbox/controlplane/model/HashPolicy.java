package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * One part of what a request's server is chosen by, in pools that choose by hash. Envoy: {@code RouteAction.HashPolicy}.
 *
 * @param terminal whether the parts after this one are left out once there is a hash
 */
public record HashPolicy(Source source, boolean terminal) {
    /** In JSON one key of {@code header}, {@code cookie}, {@code query}, {@code sourceIp}. */
    public sealed interface Source {}

    /**
     * All values of a header.
     *
     * @param name lower case
     */
    public record Header(String name) implements Source {}

    /**
     * A cookie's value.
     *
     * @param ttl a client that has no such cookie is given one that lasts so long, whole seconds, 0 for as long as the
     *     browser; empty: none is given
     * @param path of the cookie that is given
     */
    public record Cookie(String name, Optional<Duration> ttl, Optional<String> path) implements Source {}

    /** The first value of a parameter of the query string. */
    public record Query(String name) implements Source {}

    /** The client's address, without its port. */
    public record SourceIp() implements Source {}
}
