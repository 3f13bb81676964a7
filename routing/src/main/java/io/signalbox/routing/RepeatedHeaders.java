package io.signalbox.routing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Envoy makes of request headers that come in several lines. Those that it keeps in fields of their own become one
 * line as they arrive; the others stay as they are. Observed on Envoy 1.40, see EnvoyAgreementTest.
 */
public final class RepeatedHeaders {
    /** Without those that do not get past the proxy, or that it writes itself. */
    static final Set<String> JOINED = Set.of(
            "accept",
            "accept-encoding",
            "access-control-request-headers",
            "access-control-request-method",
            "access-control-request-private-network",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-type",
            "expect",
            "grpc-accept-encoding",
            "grpc-timeout",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "origin",
            "pragma",
            "referer",
            "user-agent",
            "via",
            "x-client-trace-id",
            "x-envoy-attempt-count",
            "x-forwarded-host",
            "x-forwarded-port");

    private RepeatedHeaders() {}

    /**
     * Whether an upstream gets the lines of the header as one.
     *
     * @param name in lower case
     */
    public static boolean areJoined(String name) {
        return JOINED.contains(name);
    }

    /** One value of several lines; empty ones leave nothing behind. */
    public static String join(List<String> lines) {
        return lines.size() == 1
                ? lines.get(0)
                : lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining(","));
    }
}
