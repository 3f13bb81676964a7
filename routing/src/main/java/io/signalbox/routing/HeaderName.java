package io.signalbox.routing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A header or pseudo-header that is looked at, and how Envoy stores its lines. */
record HeaderName(String name, Source source) {
    enum Source {
        METHOD,
        SCHEME,
        AUTHORITY,
        PATH,
        /** Lines that are not empty are joined as they arrive, so nothing after that sees one by itself. */
        JOINED,
        LINES
    }

    /** Fixed slots besides {@link RepeatedHeaders#JOINED}: of headers that do not get past the proxy, or that it writes itself. */
    private static final Set<String> OTHER_SLOTS = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "proxy-status",
            "te",
            "transfer-encoding",
            "upgrade",
            "x-envoy-decorator-operation",
            "x-envoy-downstream-service-cluster",
            "x-envoy-downstream-service-node",
            "x-envoy-external-address",
            "x-envoy-is-timeout-retry",
            "x-envoy-original-host",
            "x-envoy-original-path",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-request-id");

    static final HeaderName CONTENT_TYPE = of("content-type");
    static final HeaderName FORWARDED_PROTO = of("x-forwarded-proto");
    static final HeaderName INTERNAL = of("x-envoy-internal");

    static HeaderName of(String configured) {
        String name = Ascii.lower(configured);
        return new HeaderName(
                name,
                switch (name) {
                    case ":method" -> Source.METHOD;
                    case ":scheme" -> Source.SCHEME;
                    case ":authority", "host" -> Source.AUTHORITY;
                    case ":path" -> Source.PATH;
                    default ->
                        RepeatedHeaders.areJoined(name) || OTHER_SLOTS.contains(name) ? Source.JOINED : Source.LINES;
                });
    }

    /** The values that a header matcher looks at one by one; empty when the header is not there. */
    List<String> lines(RequestView request) {
        return switch (source) {
            case METHOD -> presentUnlessEmpty(request.method());
            case SCHEME -> presentUnlessEmpty(request.scheme());
            case AUTHORITY -> presentUnlessEmpty(request.authority());
            case PATH -> presentUnlessEmpty(request.path());
            case JOINED -> {
                List<String> lines = request.headers(name);
                yield lines.size() > 1 ? List.of(RepeatedHeaders.join(lines)) : lines;
            }
            case LINES -> name.startsWith(":") ? List.of() : request.headers(name);
        };
    }

    /** The one value that an input of a matcher tree sees; null when the header is not there. */
    @Nullable
    String joined(RequestView request) {
        if (source == Source.PATH) {
            return request.path().isEmpty() ? null : request.path();
        }
        List<String> lines = lines(request);
        return switch (lines.size()) {
            case 0 -> null;
            case 1 -> lines.get(0);
            default -> String.join(",", lines);
        };
    }

    /** The first line; null when the header is not there. */
    @Nullable
    String first(RequestView request) {
        List<String> lines = lines(request);
        return lines.isEmpty() ? null : lines.get(0);
    }

    private static List<String> presentUnlessEmpty(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }
}
