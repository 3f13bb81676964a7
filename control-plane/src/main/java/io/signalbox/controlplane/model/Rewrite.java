package io.signalbox.controlplane.model;

import java.util.Optional;

/** What a route changes about a request before it goes to a server, besides its headers. */
public record Rewrite(Optional<Host> host, Optional<Path> path) {
    public static final Rewrite NONE = new Rewrite(Optional.empty(), Optional.empty());

    /**
     * The Host header that the server gets.
     *
     * @param forwardOriginal whether the one before is appended to {@code x-forwarded-host}
     */
    public record Host(HostSource from, boolean forwardOriginal) {}

    /** In JSON one key of {@code literal}, {@code fromHeader}, {@code auto}. */
    public sealed interface HostSource {
        record Literal(String host) implements HostSource {}

        /**
         * The first line of a header; without one, or with an empty one, the host stays.
         *
         * @param header lower case
         */
        record FromHeader(String header) implements HostSource {}

        /** The name of the server that is picked; the host stays with servers that are given by address. */
        record Auto() implements HostSource {}
    }

    /** The query string stays. In JSON one key of {@code prefix}, {@code regex}, {@code template}. */
    public sealed interface Path {
        /** Replaces what the route's {@code prefix} or {@code rawPrefix} matched. */
        record Prefix(String prefix) implements Path {}

        /**
         * Replaces every match of an RE2 expression.
         *
         * @param substitution {@code \0} stands for the match, {@code \1} for its first group
         */
        record Regex(String pattern, String substitution) implements Path {}

        /** A path of the variables of the route's template: {@code /v2/{id}}. */
        record Template(String template) implements Path {}
    }
}
