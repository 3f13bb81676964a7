package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import io.signalbox.routing.PathNormalizer;
import io.signalbox.routing.PathNormalizer.Normalized;
import io.signalbox.routing.RequestView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request as a proxy's router sees it, after its connection manager is done with it: hop-by-hop headers are gone, what
 * clients may not say is removed, what the proxy knows itself is added. What a proxy alone can know is made up: the client
 * is {@value #CLIENT}, the id {@value #REQUEST_ID}.
 *
 * <p>Envoy: "HTTP header manipulation", "HTTP header sanitizing".
 */
record EdgeRequest(String method, String scheme, String authority, String path, Map<String, List<String>> lines)
        implements RequestView {
    static final String CLIENT = "192.0.2.1";
    static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    private static final String ENVOY = "x-envoy-";
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "host");

    /** Ways to steer the router that are not for clients, the last five only at the edge. */
    private static final Set<String> REMOVED = Set.of(
            "retriable-status-codes",
            "retriable-header-names",
            "retry-on",
            "retry-grpc-on",
            "max-retries",
            "upstream-alt-stat-name",
            "upstream-rq-timeout-ms",
            "upstream-rq-per-try-timeout-ms",
            "upstream-rq-timeout-alt-response",
            "expected-rq-timeout-ms",
            "force-trace",
            "ip-tags",
            "original-url",
            "hedge-on-per-try-timeout",
            "upstream-stream-duration-ms",
            "internal");

    private static final Set<String> REMOVED_AT_EDGE = Set.of(
            "decorator-operation",
            "downstream-service-cluster",
            "downstream-service-node",
            "original-path",
            "original-host");

    /** What becomes of a request before routing. */
    sealed interface Arrival {
        record Routed(EdgeRequest request) implements Arrival {}

        record Redirected(String path) implements Arrival {}

        record Rejected(int status, String reason) implements Arrival {}
    }

    static Arrival of(SampleRequest sample, EdgePolicy policy) {
        Optional<Arrival.Rejected> rejected = EdgeRules.rejection(sample);
        if (rejected.isPresent()) {
            return rejected.get();
        }
        Normalized normalized = PathNormalizer.normalize(sample.path(), policy.paths());
        if (normalized instanceof Normalized.Redirect redirect) {
            return new Arrival.Redirected(redirect.path());
        } else if (normalized instanceof Normalized.Path path) {
            return new Arrival.Routed(new EdgeRequest(
                    sample.method(), policy.scheme(), Wire.of(sample.host()), path.path(), headers(sample, policy)));
        }
        return new Arrival.Rejected(
                400, "the path has a # or an encoded zero byte, or slashes that must not be escaped");
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return lines.getOrDefault(lowerCaseName, List.of());
    }

    private static Map<String, List<String>> headers(SampleRequest sample, EdgePolicy policy) {
        Set<String> nominated = EdgeRules.nominated(sample);
        Map<String, List<String>> lines = new HashMap<>();
        for (NamedValue header : sample.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean passes = !HOP_BY_HOP.contains(name)
                    && (!nominated.contains(name) || name.equals("content-length"))
                    && !isNotForClients(name, policy.edge());
            if (passes) {
                lines.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(Wire.of(header.value().strip()));
            } else if (name.equals("te") && EdgeRules.tokens(header.value()).contains("trailers")) {
                lines.put("te", List.of("trailers"));
            }
        }
        if (!sample.cookies().isEmpty()) {
            String cookies = sample.cookies().stream()
                    .map(c -> c.name() + "=" + c.value())
                    .collect(Collectors.joining("; "));
            lines.computeIfAbsent("cookie", n -> new ArrayList<>()).add(Wire.of(cookies.strip()));
        }
        addWhatTheProxyKnows(lines, policy);
        return lines;
    }

    private static boolean isNotForClients(String name, boolean edge) {
        if (!name.startsWith(ENVOY)) {
            return false;
        }
        String rest = name.substring(ENVOY.length());
        return REMOVED.contains(rest) || (edge && REMOVED_AT_EDGE.contains(rest));
    }

    private static void addWhatTheProxyKnows(Map<String, List<String>> lines, EdgePolicy policy) {
        if (policy.edge()) {
            String before = String.join(",", lines.getOrDefault("x-forwarded-for", List.of()));
            lines.put("x-forwarded-for", List.of(before.isEmpty() ? CLIENT : before + "," + CLIENT));
            lines.put("x-forwarded-proto", List.of(policy.scheme()));
            lines.put("x-envoy-external-address", List.of(CLIENT));
            lines.put("x-request-id", List.of(REQUEST_ID));
        } else {
            lines.putIfAbsent("x-forwarded-proto", List.of(policy.scheme()));
            lines.putIfAbsent("x-request-id", List.of(REQUEST_ID));
        }
    }

    /** The part of the target that conditions on paths look at. */
    String pathAlone() {
        int end = path.indexOf('?');
        return end < 0 ? path : path.substring(0, end);
    }
}
