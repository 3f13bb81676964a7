package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.LatencyBuckets;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long answers take, as this data plane and Envoys tell. */
class LatencyReportTest {
    private static final String TIME = "cluster.c.upstream_rq_time";
    private static final long DELAY = 60;

    private static final String H2 =
            "typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {\"@type\":"
                    + " type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,"
                    + " explicit_http_config: {http2_protocol_options: {}}}}";

    private static final String ROUTES = """
            - {match: {prefix: /copied}, route: {cluster: c, request_mirror_policies: [{cluster: copies}]}}
            - {match: {prefix: /to-dead}, route: {cluster: dead}}
            - {match: {prefix: /up}, route: {cluster: c, upgrade_configs: [{upgrade_type: websocket}]}}
            - {match: {prefix: /timeout}, route: {cluster: c, timeout: 0.1s}}
            - {match: {prefix: /again}, route: {cluster: c, retry_policy: {retry_on: 5xx, num_retries: 2}}}
            - {match: {prefix: /}, route: {cluster: c}}
            """;

    /** The planes, and the oldest Envoy that is supported. */
    enum Proxy {
        REFERENCE,
        ENVOY,
        OLDEST_ENVOY;

        Plane.Running start(String bootstrap) throws Exception {
            return switch (this) {
                case REFERENCE -> Plane.REFERENCE.start(bootstrap);
                case ENVOY -> Plane.ENVOY.start(bootstrap);
                case OLDEST_ENVOY -> {
                    EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.version("1.36.4"), bootstrap);
                    envoy.awaitReady(Duration.ofSeconds(30));
                    yield new Plane.Running(
                            Objects.requireNonNull(envoy.listeners().get("l")), envoy);
                }
            };
        }
    }

    private static void serve(ScriptedBackend.Peer peer) throws IOException {
        for (String head = peer.readHead(); head != null; head = peer.readHead()) {
            String path = head.split(" ", 3)[1];
            switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "close" -> {
                    return;
                }
                case "late" -> {
                    assertThat(peer.isAtEnd()).isTrue(); // the proxy gives up
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
                case "slow-head" -> {
                    delay();
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                }
                case "slow-body" -> {
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no");
                    delay();
                    peer.write("k");
                }
                case "slow-503" -> {
                    delay();
                    peer.write("HTTP/1.1 503 X\r\ncontent-length: 2\r\n\r\nok");
                }
                case "204" -> peer.write("HTTP/1.1 204 X\r\n\r\n");
                default -> peer.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            }
        }
    }

    /** A server that takes its time. */
    private static void delay() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(DELAY, TimeUnit.MILLISECONDS))
                .join();
    }

    private static String bootstrap(MetricsServer server, ScriptedBackend backend) throws IOException {
        return Bootstraps.plain(
                        ROUTES,
                        Bootstraps.cluster("c", backend.port()),
                        Bootstraps.cluster("copies", backend.port()),
                        Bootstraps.cluster("dead", FreePorts.next()),
                        metricsCluster(server))
                + statistics();
    }

    static String metricsCluster(MetricsServer server) {
        return Bootstraps.cluster("xds", server.port()).replace("type: STATIC", "type: STATIC, " + H2);
    }

    /** As in the bootstraps that people use. */
    static String statistics() {
        String bootstrap = EnvoyBootstrap.builder("x", new EnvoyBootstrap.HostPort("127.0.0.1", 1))
                .statsInterval(Duration.ofMillis(50))
                .build()
                .toYaml();
        return bootstrap.substring(bootstrap.indexOf("stats_sinks:"), bootstrap.indexOf("static_resources:"));
    }

    /** What is counted of one request to each of these. */
    @ParameterizedTest
    @EnumSource
    void anAnswerCountsWhenItIsWhole(Proxy plane) throws Exception {
        Map<String, Long> counted = new TreeMap<>();
        Map<String, Long> expected = new TreeMap<>();
        for (String path : List.of("/200", "/204", "/slow-503", "/again/slow-503", "/copied/200")) {
            expected.put(path, 1L);
        }
        for (String path :
                List.of("/close", "/cut", "/timeout/late", "/timeout/stuck", "/up/200", "/up/101", "/to-dead")) {
            expected.put(path, 0L);
        }
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(LatencyReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            for (String path : expected.keySet()) {
                awaitReports(server);
                long before = server.count(TIME);
                ask(proxy.address(), path);
                awaitReports(server);
                counted.put(path, server.count(TIME) - before);
            }
            await().until(() -> server.count("cluster.copies.upstream_rq_time") == 1);
            assertThat(server.count("cluster.dead.upstream_rq_time")).isZero();
        }
        assertThat(counted).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void theTimeIsThatUntilTheEndOfTheAnswerOverAllTries(Proxy plane) throws Exception {
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(LatencyReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            ask(proxy.address(), "/slow-head");
            ask(proxy.address(), "/slow-body");
            ask(proxy.address(), "/slow-503");
            ask(proxy.address(), "/again/slow-503");
            await().until(() -> server.count(TIME) == 4);

            assertThat(server.buckets(TIME))
                    .containsEntry(50.0, 0L) // the highest boundary below the delay
                    .hasEntrySatisfying(
                            150.0, fast -> assertThat(fast).isLessThanOrEqualTo(3)); // three tries are 180 ms
            assertThat(server.buckets(TIME).keySet())
                    .containsExactlyElementsOf(LatencyBuckets.MILLIS.stream()
                            .map(Integer::doubleValue)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsThereBeforeItsRequestEndsDoesNotCount(Proxy plane) throws Exception {
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(LatencyReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend));
                Socket client = connect(proxy.address())) {
            client.getOutputStream()
                    .write("POST /200 HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab"
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            awaitReports(server);

            assertThat(server.count(TIME)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheFirstMessageOfAStreamNamesTheNode(Proxy plane) throws Exception {
        try (MetricsServer server = new MetricsServer();
                ScriptedBackend backend = ScriptedBackend.start(LatencyReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            awaitReports(server);
            assertThat(named(server)).isEqualTo(1);
            server.breakStream();
            await().until(() -> named(server) == 2);
            awaitReports(server);

            ask(proxy.address(), "/200");
            await().until(() -> server.count(TIME) == 1);
            awaitReports(server); // told once, and not again
            assertThat(server.count(TIME)).isEqualTo(1);
            assertThat(named(server)).isEqualTo(2);
        }
    }

    private static long named(MetricsServer server) {
        return server.messages().stream()
                .filter(StreamMetricsMessage::hasIdentifier)
                .filter(message -> message.getIdentifier().getNode().getId().equals("test-node"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report_counters_as_deltas: true",
                "histogram_emit_mode: HISTOGRAM",
                "report_counters_as_deltas: true, histogram_emit_mode: HISTOGRAM, emit_tags_as_labels: true"
            })
    void whatIsToldDifferentlyIsRefused(String options) {
        String bootstrap = Bootstraps.plain(Bootstraps.toCluster("/", "c"), Bootstraps.cluster("c", 1)) + """
                stats_sinks:
                - name: envoy.stat_sinks.metrics_service
                  typed_config:
                    "@type": type.googleapis.com/envoy.config.metrics.v3.MetricsServiceConfig
                    grpc_service: {envoy_grpc: {cluster_name: c}}
                """ + "    "
                + options.replace(", ", "\n    ") + "\n";

        assertThatThrownBy(() -> TestProxy.open(bootstrap, TestProxy.SETTINGS))
                .hasMessageStartingWith("stats_sinks[0].typed_config.");
    }

    @Test
    void otherSinksGetNothing() throws Exception {
        String bootstrap = Bootstraps.plain(Bootstraps.toCluster("/", "c"), Bootstraps.cluster("c", 1)) + """
                stats_sinks:
                - name: envoy.stat_sinks.statsd
                  typed_config: {"@type": type.googleapis.com/envoy.config.metrics.v3.StatsdSink, tcp_cluster_name: c}
                """;
        try (TestProxy proxy = TestProxy.start(bootstrap)) {
            assertThat(proxy.address().getPort()).isPositive();
        }
    }

    /** Reads until the response is there, as far as it goes. */
    private static void ask(InetSocketAddress proxy, String path) throws IOException {
        boolean upgrade = path.startsWith("/up");
        String headers = upgrade ? "connection: upgrade\r\nupgrade: websocket" : "connection: close";
        try (Socket client = connect(proxy)) {
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nhost: x\r\n" + headers + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(
                            upgrade
                                    ? client.getInputStream().readNBytes(1)
                                    : client.getInputStream().readAllBytes())
                    .isNotEmpty();
        }
    }

    private static Socket connect(InetSocketAddress proxy) throws IOException {
        return new Socket(proxy.getAddress(), proxy.getPort());
    }

    /** Until all that has happened by now is told: one message may be on its way already. */
    static void awaitReports(MetricsServer server) {
        int before = server.messages().size();
        await().until(() -> server.messages().size() >= before + 3);
    }
}
