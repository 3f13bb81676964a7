package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.local.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted under a name of its own, of this data plane and of Envoys. */
class ExperimentCountTest {
    private static final String NAME = "experiment.new-checkout.Var_a.known";

    private static final String TYPE =
            "type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation";

    private static final String FILTER = "- {name: headers, disabled: true, typed_config: {\"@type\": " + TYPE + "}}";

    private static String counted(String cluster) {
        return ("weighted_clusters: {clusters: [{name: %s, weight: 1, typed_per_filter_config: {headers: {\"@type\":"
                        + " %sPerRoute, mutations: {request_mutations: [{append: {header: {key:"
                        + " x-envoy-upstream-alt-stat-name, value: %s}, append_action:"
                        + " OVERWRITE_IF_EXISTS_OR_ADD}}]}}}}]}")
                .formatted(cluster, TYPE, NAME);
    }

    private static String routes() {
        return """
                - {match: {prefix: /plain}, route: {cluster: c}}
                - {match: {prefix: /to-dead}, route: {%2$s}}
                - {match: {prefix: /to-nobody}, route: {%3$s}}
                - {match: {prefix: /to-full}, route: {%4$s}}
                - {match: {prefix: /to-crowd}, route: {%5$s}}
                - {match: {prefix: /up}, route: {upgrade_configs: [{upgrade_type: websocket}], %1$s}}
                - {match: {prefix: /timeout}, route: {timeout: 0.1s, %1$s}}
                - {match: {prefix: /each}, route: {retry_policy: {retry_on: 5xx, num_retries: 1, per_try_timeout: 0.1s}, %1$s}}
                - {match: {prefix: /again}, route: {retry_policy: {retry_on: "5xx,retriable-4xx", num_retries: 2}, %1$s}}
                - {match: {prefix: /copied}, route: {request_mirror_policies: [{cluster: copies}], %1$s}}
                - {match: {prefix: /}, route: {%1$s}}
                """.formatted(counted("c"), counted("dead"), counted("nobody"), counted("full"), counted("crowd"));
    }

    private static String bootstrap(MetricsServer server, ScriptedBackend backend) throws IOException {
        return Bootstraps.plain(
                                routes(),
                                Bootstraps.cluster("c", backend.port()),
                                Bootstraps.cluster("copies", backend.port()),
                                limited("full", backend, "max_requests: 0"),
                                limited("crowd", backend, "max_pending_requests: 0"),
                                Bootstraps.cluster("dead", FreePorts.next()),
                                Bootstraps.cluster("nobody"),
                                LatencyReportTest.metricsCluster(server))
                        .replaceFirst("( *)(- name: envoy.filters.http.router)", "$1" + FILTER + "\n$1$2")
                + LatencyReportTest.statistics();
    }

    private static String limited(String name, ScriptedBackend backend, String limit) {
        return Bootstraps.cluster(name, backend.port())
                .replace("type: STATIC", "type: STATIC, circuit_breakers: {thresholds: [{" + limit + "}]}");
    }

    /** @param times whether the answer came whole, so that the time it took counts */
    private record Expected(String cluster, String metric, boolean times) {
        static Expected of(String metric) {
            return new Expected("c", metric, true);
        }

        static Expected broken(String metric) {
            return new Expected("c", metric, false);
        }

        static Expected of(String cluster, String metric) {
            return new Expected(cluster, metric, false);
        }
    }

    private static Map<String, Expected> cases() {
        Map<String, Expected> cases = new LinkedHashMap<>();
        for (String status : new String[] {"200", "204", "302", "404", "429", "499", "500", "503", "599"}) {
            cases.put("/" + status, Expected.of(status));
        }
        cases.put("/plain/200", Expected.broken("nothing"));
        cases.put("/grpc-14", Expected.of("200")); // the status of a call does not count
        cases.put("/close", Expected.broken("503"));
        cases.put("/nonsense", Expected.broken("502"));
        cases.put("/cut", Expected.broken("200"));
        cases.put("/timeout/slow", Expected.broken("504"));
        cases.put("/timeout/stuck", Expected.broken("200"));
        cases.put("/each/slow", Expected.broken("504"));
        cases.put("/again/503", Expected.of("503"));
        cases.put("/again/409", Expected.of("409"));
        cases.put("/again/close", Expected.broken("503"));
        cases.put("/copied/503", Expected.of("503"));
        cases.put("/up/101", Expected.broken("101"));
        cases.put("/up/200", Expected.broken("nothing"));
        cases.put("/to-dead/200", Expected.of("dead", "503"));
        cases.put("/to-nobody/200", Expected.of("nobody", "503"));
        cases.put("/to-full/200", Expected.of("full", "503"));
        cases.put("/to-crowd/200", Expected.of("crowd", "503"));
        return cases;
    }

    private static void serve(ScriptedBackend.Peer peer) throws IOException {
        for (String head = peer.readHead(); head != null; head = peer.readHead()) {
            assertThat(head).doesNotContain("alt-stat-name");
            String path = head.split(" ", 3)[1];
            String last = path.substring(path.lastIndexOf('/') + 1);
            switch (last) {
                case "close" -> {
                    return;
                }
                case "slow" -> {
                    assertThat(peer.isAtEnd()).isTrue(); // the proxy gives up
                    return;
                }
                case "nonsense" -> {
                    peer.write("nonsense\r\n\r\n");
                    return;
                }
                case "cut" -> {
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc");
                    return;
                }
                case "stuck" -> {
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc");
                    assertThat(peer.isAtEnd()).isTrue();
                    return;
                }
                case "101" -> {
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
                    return;
                }
                case "grpc-14" ->
                    peer.write("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\ngrpc-status: 14\r\n"
                            + "content-length: 0\r\n\r\n");
                case "204" -> peer.write("HTTP/1.1 204 X\r\n\r\n");
                default -> peer.write("HTTP/1.1 " + last + " X\r\ncontent-length: 2\r\n\r\nok");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestCountsOnceByWhatItsClientIsAnswered(LatencyReportTest.Proxy plane) throws Exception {
        Map<String, Map<String, Long>> counted = new TreeMap<>();
        Map<String, Map<String, Long>> expected = new TreeMap<>();
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(ExperimentCountTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            for (Map.Entry<String, Expected> each : cases().entrySet()) {
                LatencyReportTest.awaitReports(server);
                Map<String, Long> before = counts(server);
                ask(proxy.address(), each.getKey());
                LatencyReportTest.awaitReports(server);
                Map<String, Long> grown = counts(server);
                before.forEach((name, count) ->
                        grown.computeIfPresent(name, (n, now) -> now == count.longValue() ? null : now - count));
                counted.put(each.getKey(), grown);
                expected.put(each.getKey(), names(each.getValue()));
            }
        }
        assertThat(counted).isEqualTo(expected);
    }

    private static Map<String, Long> names(Expected expected) {
        Map<String, Long> names = new TreeMap<>();
        if (!expected.metric.equals("nothing")) {
            String prefix = "cluster." + expected.cluster + "." + NAME + ".upstream_rq_";
            names.put(prefix + expected.metric, 1L);
            names.put(prefix + expected.metric.charAt(0) + "xx", 1L);
            if (expected.times) {
                names.put(prefix + "time", 1L);
            }
        }
        return names;
    }

    /** But for the sum of all. */
    private static Map<String, Long> counts(MetricsServer server) {
        Map<String, Long> counts = server.countsBelow("." + NAME + ".upstream_rq_");
        counts.keySet().removeIf(name -> name.endsWith("_completed"));
        return counts;
    }

    @ParameterizedTest
    @EnumSource
    void whoGoesAwayBeforeTheAnswerDoesNotCount(LatencyReportTest.Proxy plane) throws Exception {
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(ExperimentCountTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            try (Socket client = connect(proxy.address())) {
                client.getOutputStream().write(request("/slow", "x: y"));
            }
            ask(proxy.address(), "/200");
            await().until(() -> counts(server).size() == 3);
            LatencyReportTest.awaitReports(server);

            assertThat(counts(server)).isEqualTo(names(Expected.of("200")));
        }
    }

    private static byte[] request(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nhost: x\r\n" + headers + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads until the response is there, as far as it goes. */
    private static void ask(InetSocketAddress proxy, String path) throws IOException {
        boolean upgrade = path.startsWith("/up");
        try (Socket client = connect(proxy)) {
            client.getOutputStream()
                    .write(request(path, upgrade ? "connection: upgrade\r\nupgrade: websocket" : "connection: close"));
            byte[] answer = upgrade
                    ? client.getInputStream().readNBytes(1)
                    : client.getInputStream().readAllBytes();
            assertThat(answer).isNotEmpty();
        }
    }

    private static Socket connect(InetSocketAddress proxy) throws IOException {
        return new Socket(proxy.getAddress(), proxy.getPort());
    }
}
