package io.signalbox.controlplane.model;

import java.util.List;

/**
 * The conditions of a route; all must hold. Empty lists are no condition.
 *
 * @param path how the path, without its query string, must look
 * @param methods any of these, upper case
 */
public record RouteMatch(
        PathMatch path,
        List<String> methods,
        List<HeaderMatch> headers,
        List<CookieMatch> cookies,
        List<QueryMatch> query) {

    public RouteMatch {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
        query = List.copyOf(query);
    }

    /** In JSON one key of {@code exact}, {@code prefix}, {@code regex}. */
    public sealed interface PathMatch {
        /** The whole path, byte by byte. */
        record Exact(String path) implements PathMatch {}

        /** Whole path segments: {@code /api} is for {@code /api} and {@code /api/x}, never for {@code /apix}. */
        record Prefix(String prefix) implements PathMatch {}

        /** An RE2 expression that must match the whole path. */
        record Regex(String regex) implements PathMatch {}
    }

    /**
     * @param name lower case
     * @param inverted whether the condition is that {@code value} does <em>not</em> fit. As in Envoy, an inverted
     *     condition on a value does not hold for a request that lacks the header
     */
    public record HeaderMatch(String name, ValueMatch value, boolean inverted) {}

    /** A cookie of the request's {@code Cookie} header. */
    public record CookieMatch(String name, ValueMatch value) {}

    /** A parameter of the query string; as in Envoy its first occurrence, undecoded. */
    public record QueryMatch(String name, ValueMatch value) {}

    /** In JSON one key of {@code exact}, {@code prefix}, {@code suffix}, {@code contains}, {@code regex}, {@code present}. */
    public sealed interface ValueMatch {
        record Exact(String value) implements ValueMatch {}

        record Prefix(String prefix) implements ValueMatch {}

        record Suffix(String suffix) implements ValueMatch {}

        record Contains(String substring) implements ValueMatch {}

        /** An RE2 expression that must match the whole value. */
        record Regex(String regex) implements ValueMatch {}

        /** There at all, or with {@code false} not there. */
        record Present(boolean present) implements ValueMatch {}
    }
}
