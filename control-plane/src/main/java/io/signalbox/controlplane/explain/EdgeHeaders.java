package io.signalbox.controlplane.explain;

import com.google.common.net.InetAddresses;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import io.signalbox.routing.RepeatedHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request's headers as the router sees them: hop-by-hop ones are gone, what clients may not say is removed, some lines are
 * joined, what the proxy knows itself is added.
 *
 * <p>Envoy: "HTTP header manipulation", "HTTP header sanitizing".
 *
 * @param lines by lower-case name, as bytes go over the wire
 */
record EdgeHeaders(Map<String, List<String>> lines, EdgeClient client) {
    private static final String ENVOY = "x-envoy-";
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "host");

    /** Ways to steer the router that are not for clients. */
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

    static EdgeHeaders of(SampleRequest sample, EdgePolicy policy) {
        Set<String> nominated = EdgeRules.nominated(sample);
        Map<String, List<String>> lines = new HashMap<>();
        for (NamedValue header : sample.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            String value = header.value().strip();
            boolean passes = !HOP_BY_HOP.contains(name)
                    && (!nominated.contains(name) || name.equals("content-length"))
                    && !(name.equals("expect") && value.equalsIgnoreCase("100-continue"))
                    && !policy.removed().contains(name)
                    && !isNotForClients(name, policy);
            if (passes) {
                add(lines, name, Wire.of(value));
            } else if (name.equals("te") && EdgeRules.tokens(value).contains("trailers")) {
                lines.put("te", List.of("trailers"));
            }
        }
        if (!sample.cookies().isEmpty()) {
            String cookies = sample.cookies().stream()
                    .map(c -> c.name() + "=" + c.value())
                    .collect(Collectors.joining("; "));
            add(lines, "cookie", Wire.of(cookies.strip()));
        }
        EdgeClient client = EdgeClient.of(sample, policy.trust(), lines);
        addWhatTheProxyKnows(lines, client, policy);
        return new EdgeHeaders(lines, client);
    }

    private static void add(Map<String, List<String>> lines, String name, String value) {
        List<String> values = lines.computeIfAbsent(name, n -> new ArrayList<>());
        values.add(value);
        if (values.size() > 1 && RepeatedHeaders.areJoined(name)) {
            lines.put(name, new ArrayList<>(List.of(RepeatedHeaders.join(values))));
        }
    }

    private static boolean isNotForClients(String name, EdgePolicy policy) {
        if (name.equals("x-forwarded-client-cert")) {
            // Where the proxy writes it, of a certificate that nobody shows here, the sample says what that is.
            return !policy.tellsCertificate();
        }
        if (!name.startsWith(ENVOY)) {
            return false;
        }
        String rest = name.substring(ENVOY.length());
        return REMOVED.contains(rest) || (policy.trust().edge() && REMOVED_AT_EDGE.contains(rest));
    }

    private static void addWhatTheProxyKnows(Map<String, List<String>> lines, EdgeClient client, EdgePolicy policy) {
        EdgePolicy.Trust trust = policy.trust();
        if (trust.edge()) {
            String before = RepeatedHeaders.join(lines.getOrDefault("x-forwarded-for", List.of("")));
            // In place of a loopback address proxies append one of their own, which nobody knows here.
            String appended =
                    client.peer().isLoopbackAddress() ? EdgeRequest.CLIENT : InetAddresses.toAddrString(client.peer());
            lines.put("x-forwarded-for", List.of(before.isEmpty() ? appended : before + "," + appended));
            lines.put("x-envoy-external-address", List.of(InetAddresses.toAddrString(client.client())));
        }
        if (trust.edge() && trust.hops() == 0) {
            lines.put("x-forwarded-proto", List.of(policy.scheme()));
        } else {
            lines.computeIfAbsent("x-forwarded-proto", name -> List.of(policy.scheme()));
        }
        if (trust.edge() && !trust.keepsRequestId()) {
            lines.put("x-request-id", List.of(EdgeRequest.REQUEST_ID));
        } else {
            lines.putIfAbsent("x-request-id", List.of(EdgeRequest.REQUEST_ID));
        }
    }
}
