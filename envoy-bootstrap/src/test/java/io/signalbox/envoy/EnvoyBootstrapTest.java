package io.signalbox.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.envoy.EnvoyBootstrap.Locality;
import io.signalbox.envoy.EnvoyBootstrap.MutualTls;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyBootstrapTest {
    private static final HostPort XDS = new HostPort("127.0.0.1", 18000);

    @TempDir
    Path directory;

    @Test
    void readsAsAPersonWouldWriteIt() {
        String yaml = EnvoyBootstrap.builder("edge-1", XDS)
                .fleet("edge")
                .admin(new HostPort("127.0.0.1", 9901))
                .build()
                .toYaml();

        assertThat(yaml).startsWith("""
                        node:
                          id: edge-1
                          cluster: edge
                        admin:
                          address:
                            socket_address:
                              address: 127.0.0.1
                              port_value: 9901
                        dynamic_resources:
                          ads_config:
                            api_type: DELTA_GRPC
                        """).doesNotContain("locality", "transport_socket");
    }

    /** Load reports go the way that configuration comes. */
    @Test
    void reportsLoadToTheControlPlane() {
        assertThat(EnvoyBootstrap.builder("a", XDS).build().toYaml()).contains("""
                cluster_manager:
                  load_stats_config:
                    api_type: GRPC
                    transport_api_version: V3
                    grpc_services:
                      - envoy_grpc:
                          cluster_name: xds
                """);
    }

    /** And what is counted, with latencies finer than Envoy's own. */
    @Test
    void reportsLatenciesToTheControlPlane() {
        assertThat(EnvoyBootstrap.builder("a", XDS).build().toYaml()).contains("""
                stats_sinks:
                  - name: envoy.stat_sinks.metrics_service
                    typed_config:
                      "@type": type.googleapis.com/envoy.config.metrics.v3.MetricsServiceConfig
                      transport_api_version: V3
                      grpc_service:
                        envoy_grpc:
                          cluster_name: xds
                      report_counters_as_deltas: true
                      histogram_emit_mode: HISTOGRAM
                stats_config:
                  histogram_bucket_settings:
                    - match:
                        suffix: upstream_rq_time
                      buckets:
                        - 1
                        - 2
                        - 3
                        - 5
                """);
        assertThat(EnvoyBootstrap.builder("a", XDS)
                        .statsInterval(Duration.ofMillis(1500))
                        .build()
                        .toYaml())
                .contains("stats_flush_interval: 1.5s\n");
    }

    @Test
    void namesEveryReplicaInOneCluster() {
        HostPort other = new HostPort("127.0.0.2", 18001);

        String both = EnvoyBootstrap.builder("a", List.of(XDS, other)).build().toYaml();

        assertThat(both).containsSubsequence("name: xds", "type: STATIC", "port_value: 18000", "port_value: 18001");
        assertThat(both).containsOnlyOnce("lb_endpoints:");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EnvoyBootstrap.builder("a", List.of(XDS, other, XDS)).build())
                .withMessage("127.0.0.1:18000 twice (expected: each replica once)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnvoyBootstrap.builder("a", List.of()).build());
    }

    @Test
    void isTheSameTextForTheSameValues() {
        assertThat(EnvoyBootstrap.builder("a", XDS).build().toYaml())
                .isEqualTo(EnvoyBootstrap.builder("a", XDS).build().toYaml());
    }

    static Stream<EnvoyBootstrap> accepted() {
        Locality locality = new Locality("eu", "eu-1", "");
        return Stream.of(
                EnvoyBootstrap.builder("edge-1", XDS).build(),
                EnvoyBootstrap.builder("edge-1", XDS).protocol(Protocol.SOTW).build(),
                EnvoyBootstrap.builder("edge-1", XDS).locality(locality).build(),
                EnvoyBootstrap.builder("edge-1", XDS)
                        .statsInterval(Duration.ofSeconds(1))
                        .build(),
                EnvoyBootstrap.builder("edge-1", XDS)
                        .statsInterval(Duration.ofMillis(1))
                        .build(),
                EnvoyBootstrap.builder("edge-1", XDS)
                        .statsInterval(Duration.ofMillis(299_999))
                        .build(),
                EnvoyBootstrap.builder("edge-1", new HostPort("xds.example.com", 18000))
                        .build(),
                EnvoyBootstrap.builder("edge-1", new HostPort("::1", 18000)).build(),
                EnvoyBootstrap.builder("edge-1", List.of(XDS, new HostPort("xds.example.com", 18000)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isTakenByEnvoy(EnvoyBootstrap bootstrap) throws Exception {
        assertThatEnvoyTakes(bootstrap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1e3", "0x10", "12", "true", "~", "a: b", "it's", "\"q\"", "# no comment", "ü", "-"})
    void keepsNodeIdsThatLookLikeSomethingElse(String id) throws Exception {
        assertThatEnvoyTakes(EnvoyBootstrap.builder(id, XDS).fleet(id).build());
    }

    @Test
    void speaksMutualTlsToTheControlPlane() throws Exception {
        MutualTls tls = selfSigned();
        EnvoyBootstrap bootstrap =
                EnvoyBootstrap.builder("edge-1", XDS).tls(tls).build();

        assertThat(bootstrap.toYaml()).contains("sni: xds.internal", "exact: xds.internal");
        assertThatEnvoyTakes(bootstrap);
    }

    @Test
    void refusesWhatEnvoyWouldRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnvoyBootstrap.builder(" ", XDS).build())
                .withMessageContaining("node id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnvoyBootstrap.builder("a", XDS).fleet("").build())
                .withMessageContaining("fleet");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> EnvoyBootstrap.builder("a", new HostPort("h", 0)).build())
                .withMessageContaining("port is 0");
        for (Duration interval : List.of(Duration.ZERO, Duration.ofNanos(1_500_000), Duration.ofSeconds(300))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EnvoyBootstrap.builder("a", XDS)
                            .statsInterval(interval)
                            .build())
                    .withMessageContaining("statsInterval is " + interval);
        }
    }

    @Test
    void parsesHostAndPort() {
        assertThat(HostPort.parse("127.0.0.1:1")).isEqualTo(new HostPort("127.0.0.1", 1));
        assertThat(HostPort.parse("[::1]:2")).isEqualTo(new HostPort("::1", 2)).hasToString("[::1]:2");
        for (String wrong : List.of("127.0.0.1", ":1", "a:b", "::1:2", "a:70000", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(wrong));
        }
    }

    private void assertThatEnvoyTakes(EnvoyBootstrap bootstrap) throws Exception {
        Path file = Files.writeString(directory.resolve("envoy.yaml"), bootstrap.toYaml());
        Command.Result result = Command.run(
                List.of(
                        EnvoyBinary.find().path().toString(),
                        "--mode",
                        "validate",
                        "-l",
                        "warn",
                        "-c",
                        file.toString()),
                30);
        assertThat(result.succeeded())
                .as("%s%n%s", bootstrap.toYaml(), result.output())
                .isTrue();
        assertThat(result.output()).doesNotContain("[warning]");
    }

    private MutualTls selfSigned() throws IOException {
        Path store = directory.resolve("key.p12");
        Path key = directory.resolve("key.pem");
        Path chain = directory.resolve("chain.pem");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Command.Result made = Command.run(
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=a",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString()),
                30);
        assertThat(made.succeeded()).as(made.output()).isTrue();
        Pem.write(store, "secret", chain, key);
        return new MutualTls(chain, key, chain, "xds.internal");
    }
}
