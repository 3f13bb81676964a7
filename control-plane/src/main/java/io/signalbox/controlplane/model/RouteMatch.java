package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * The conditions of a route; all must hold. Empty lists are no condition.
 *
 * @param path how the path, without its query string, must look
 * @param methods any of these, upper case
 * @param sources networks ({@link Network}) of which the client's address must be in one
 * @param grpc whether the content type must be that of gRPC
 * @param fraction of how many of the requests that fulfil the rest it takes; empty for all
 */
public record RouteMatch(
        PathMatch path,
        List<String> methods,
        List<HeaderMatch> headers,
        List<CookieMatch> cookies,
        List<QueryMatch> query,
        List<String> sources,
        boolean grpc,
        Optional<Fraction> fraction) {

    public RouteMatch {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
        query = List.copyOf(query);
        sources = List.copyOf(sources);
    }

    /** Without conditions on the client, the content type and chance. */
    public RouteMatch(
            PathMatch path,
            List<String> methods,
            List<HeaderMatch> headers,
            List<CookieMatch> cookies,
            List<QueryMatch> query) {
        this(path, methods, headers, cookies, query, List.of(), false, Optional.empty());
    }

    /**
     * In JSON one key of {@code exact}, {@code prefix}, {@code rawPrefix}, {@code regex}, {@code template}. Where case is
     * ignored it is that of the letters A to Z.
     */
    public sealed interface PathMatch {
        /** The whole path, byte by byte. */
        record Exact(String path, boolean ignoreCase) implements PathMatch {
            public Exact(String path) {
                this(path, false);
            }
        }

        /** Whole path segments: {@code /api} is for {@code /api} and {@code /api/x}, never for {@code /apix}. */
        record Prefix(String prefix, boolean ignoreCase) implements PathMatch {
            public Prefix(String prefix) {
                this(prefix, false);
            }
        }

        /** The first characters of a path: {@code /api} is for {@code /apix} too. */
        record RawPrefix(String prefix, boolean ignoreCase) implements PathMatch {}

        /** An RE2 expression that must match the whole path. */
        record Regex(String regex, boolean ignoreCase) implements PathMatch {
            public Regex(String regex) {
                this(regex, false);
            }
        }

        /** Segments, some of them variable: {@code /users/{id}/photos/*}, see {@link PathTemplate}. */
        record Template(String template) implements PathMatch {}
    }

    /**
     * @param name lower case
     * @param inverted whether the condition is that {@code value} does <em>not</em> fit. As in Envoy, an inverted
     *     condition on a value does not hold for a request that lacks the header
     * @param missingAsEmpty whether a request that lacks the header is one whose header is empty
     */
    public record HeaderMatch(String name, ValueMatch value, boolean inverted, boolean missingAsEmpty) {
        public HeaderMatch(String name, ValueMatch value, boolean inverted) {
            this(name, value, inverted, false);
        }
    }

    /** A cookie of the request's {@code Cookie} header. */
    public record CookieMatch(String name, ValueMatch value) {}

    /** A parameter of the query string; as in Envoy its first occurrence, undecoded. */
    public record QueryMatch(String name, ValueMatch value) {}

    /**
     * In JSON one key of {@code exact}, {@code prefix}, {@code suffix}, {@code contains}, {@code regex}, {@code range},
     * {@code present}. Where case is ignored it is that of the letters A to Z.
     */
    public sealed interface ValueMatch {
        record Exact(String value, boolean ignoreCase) implements ValueMatch {
            public Exact(String value) {
                this(value, false);
            }
        }

        record Prefix(String prefix, boolean ignoreCase) implements ValueMatch {
            public Prefix(String prefix) {
                this(prefix, false);
            }
        }

        record Suffix(String suffix, boolean ignoreCase) implements ValueMatch {
            public Suffix(String suffix) {
                this(suffix, false);
            }
        }

        record Contains(String substring, boolean ignoreCase) implements ValueMatch {
            public Contains(String substring) {
                this(substring, false);
            }
        }

        /** An RE2 expression that must match the whole value. */
        record Regex(String regex, boolean ignoreCase) implements ValueMatch {
            public Regex(String regex) {
                this(regex, false);
            }
        }

        /** A whole number from {@code from}, below {@code to}. Of headers only. */
        record Range(long from, long to) implements ValueMatch {}

        /** There at all, or with {@code false} not there. */
        record Present(boolean present) implements ValueMatch {}
    }

    /**
     * Some of the requests, by chance.
     *
     * @param millionths of the requests, 0 to 1,000,000
     * @param runtimeKey a key of Envoy's runtime whose value, if a proxy has one, goes before
     */
    public record Fraction(int millionths, Optional<String> runtimeKey) {}
}
