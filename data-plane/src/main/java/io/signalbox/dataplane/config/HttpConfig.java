package io.signalbox.dataplane.config;

import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.RouteTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a listener speaks HTTP. Envoy: {@code HttpConnectionManager}; each field is the one of the same name there.
 *
 * @param trust who is believed of where requests come from
 * @param requestId what becomes of {@code x-request-id}
 * @param envoyHeaders whether {@code x-envoy-*} headers are added, that is not {@code suppress_envoy_headers}
 * @param bufferBytes how much of a request is kept to be sent again; the listener's {@code per_connection_buffer_limit_bytes}
 * @param idleTimeout of a connection without a request; zero means none
 * @param streamIdleTimeout of a request on which nothing moves; zero means none
 * @param http2 empty where clients may speak HTTP/1.1 alone
 * @param filters what requests pass before they are routed
 * @param accessLogs what is told of requests
 */
public record HttpConfig(
        RouteSource routes,
        String serverName,
        TrustConfig trust,
        PathPolicy path,
        boolean stripAnyHostPort,
        RequestIdPolicy requestId,
        boolean envoyHeaders,
        int maxRequestHeadersBytes,
        int maxRequestHeaders,
        long bufferBytes,
        Duration idleTimeout,
        Duration streamIdleTimeout,
        Optional<Http2Config> http2,
        HttpFilters filters,
        List<AccessLogConfig> accessLogs)
        implements NetworkFilter {

    public sealed interface RouteSource {
        record Inline(RouteTable table) implements RouteSource {}

        record Rds(String name) implements RouteSource {}
    }

    /**
     * @param generate whether requests without an id get one
     * @param preserveExternal whether an id from outside stays
     * @param alwaysInResponse whether the response names it
     */
    public record RequestIdPolicy(boolean generate, boolean preserveExternal, boolean alwaysInResponse) {}
}
