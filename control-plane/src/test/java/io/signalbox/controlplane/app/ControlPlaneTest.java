package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.controlplane.store.KeysetFile;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Answer;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EmbeddedDatabase;
import io.signalbox.local.FreePorts;
import io.signalbox.local.TestCertificates;
import io.signalbox.testkit.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole control plane: REST in, discovery responses out. */
final class ControlPlaneTest {
    private static final String WAIT = "wait=applied&timeout=20s";
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @Test
    void whatIsPutIsServedAndAcknowledged() throws Exception {
        try (ControlPlane controlPlane = ControlPlane.start(config());
                AckingProxy proxy = new AckingProxy(controlPlane.xdsPort(), "edge-1")) {
            ApiClient api = api(controlPlane);
            api.awaitConnected("edge-1", Duration.ofSeconds(20));
            assertThat(proxy.clusters()).isEmpty();

            api.put("pools", "a", pool(8080), Expect.ABSENT);
            api.put("listeners", "web", json("{address: 127.0.0.1, port: 10000, http: {}}"), Expect.ABSENT);
            Answer route = api.put("routes", "r", route("a"), Expect.ABSENT, WAIT);

            assertThat(route.body().path("applied").asBoolean()).isTrue();
            assertThat(proxy.clusters()).containsOnlyKeys("a");
            assertThat(proxy.listeners()).containsOnlyKeys("web");
            assertThat(proxy.routes()).containsOnlyKeys("web");
            assertThat(port(proxy, "a")).isEqualTo(8080);

            String listeners = proxy.version(ResourceType.LISTENER);
            String routes = proxy.version(ResourceType.ROUTE);
            Answer pool = api.put("pools", "a", pool(9090), Expect.PRESENT, WAIT);

            assertThat(pool.body().path("applied").asBoolean()).isTrue();
            assertThat(port(proxy, "a")).isEqualTo(9090);
            assertThat(proxy.version(ResourceType.LISTENER)).isEqualTo(listeners);
            assertThat(proxy.version(ResourceType.ROUTE)).isEqualTo(routes);
            JsonNode types = api.nodes().path(0).path("types");
            assertThat(types).isNotEmpty();
            types.forEach(type -> assertThat(type.path("acknowledged").path("revision"))
                    .as("%s", types)
                    .isEqualTo(type.path("sent").path("revision")));
        }
    }

    @Test
    void aChangeOnOneReplicaIsServedByTheOther() throws Exception {
        ControlPlaneConfig config = config();
        try (ControlPlane one = ControlPlane.start(config);
                ControlPlane other = ControlPlane.start(config);
                AckingProxy proxy = new AckingProxy(other.xdsPort(), "edge-1")) {
            api(other).awaitConnected("edge-1", Duration.ofSeconds(20));

            api(one).put("listeners", "web", json("{address: 127.0.0.1, port: 10000, http: {}}"), Expect.ABSENT);
            api(one).put("pools", "a", pool(8080), Expect.ABSENT);
            Answer route = api(one).put("routes", "r", route("a"), Expect.ABSENT);

            api(other).awaitAcknowledged("edge-1", route.revision(), Duration.ofSeconds(20));
            assertThat(proxy.clusters()).containsOnlyKeys("a");
            assertThat(api(other).get("routes", "r").etag()).isEqualTo(route.etag());
        }
    }

    @Test
    void whatWasAnsweredIsThereAfterARestart() throws Exception {
        ControlPlaneConfig config = config();
        TestCertificates.Issued issued = TestCertificates.authority().issue("shop.example.com");
        JsonNode certificate =
                JSON.createObjectNode().put("chain", issued.chain()).put("privateKey", issued.privateKey());
        String version;
        long revision;
        try (ControlPlane controlPlane = ControlPlane.start(config);
                AckingProxy proxy = new AckingProxy(controlPlane.xdsPort(), "edge-1")) {
            ApiClient api = api(controlPlane);
            api.put("certificates", "shop", certificate, Expect.ABSENT);
            api.put(
                    "listeners",
                    "web",
                    json("{address: 127.0.0.1, port: 10000, https: {certificates: [shop]}}"),
                    Expect.ABSENT);
            api.put("pools", "a", pool(8080), Expect.ABSENT);
            revision = api.put("routes", "r", route("a"), Expect.ABSENT).revision();
            api.awaitAcknowledged("edge-1", revision, Duration.ofSeconds(20));
            version = proxy.version(ResourceType.ROUTE);
        }
        try (ControlPlane controlPlane = ControlPlane.start(config);
                AckingProxy proxy = new AckingProxy(controlPlane.xdsPort(), "edge-1")) {
            api(controlPlane).awaitAcknowledged("edge-1", revision, Duration.ofSeconds(20));

            // It asks for routes once it has the listener; until then it has acknowledged all that it asked for.
            String before = version;
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(proxy.version(ResourceType.ROUTE)).isEqualTo(before));
            assertThat(api(controlPlane).get("certificates", "shop").body().toString())
                    .contains("BEGIN CERTIFICATE")
                    .doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void answersMachinesWithoutATokenAndNobodyElse() throws Exception {
        try (ControlPlane controlPlane = ControlPlane.start(config())) {
            ApiClient stranger = new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "not-a-token");

            assertThat(text(controlPlane, "/healthz")).isEqualTo("alive\n");
            assertThat(text(controlPlane, "/readyz")).isEqualTo("ready\n");
            assertThat(text(controlPlane, "/metrics"))
                    .contains("signalbox_head_revision 0\n")
                    .contains("signalbox_published_revision 0\n");
            assertThat(stranger.send("GET", "/api/v1/pools", Optional.empty(), Map.of())
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void readsAndServesWhilePostgresIsAwayAndWritesWhenItIsBack() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY)) {
            DatabaseAddress address = new DatabaseAddress(server.jdbcUrl(), server.user(), server.password());
            try (ControlPlane controlPlane = ControlPlane.start(config(address, Duration.ofSeconds(60)))) {
                ApiClient api = api(controlPlane);
                api.put("pools", "a", pool(8080), Expect.ABSENT);
                server.stop();

                JsonNode body = JSON.createObjectNode().set("spec", pool(9090));
                Answer refused = api.send("PUT", "/api/v1/pools/a", Optional.of(body), Map.of("If-Match", "*"));

                assertThat(refused.status()).isEqualTo(503);
                assertThat(api.get("pools", "a").revision()).isEqualTo(1);
                assertThat(text(controlPlane, "/readyz")).isEqualTo("ready\n");
                try (AckingProxy proxy = new AckingProxy(controlPlane.xdsPort(), "edge-1")) {
                    api.awaitConnected("edge-1", Duration.ofSeconds(20));
                }

                server.start();
                long revision =
                        api.put("pools", "a", pool(9091), Expect.PRESENT).revision();
                assertThat(revision).isGreaterThan(1);
                await().untilAsserted(() -> assertThat(text(controlPlane, "/metrics"))
                        .contains("signalbox_published_revision " + revision));
            }
        }
    }

    @Test
    void doesNotStartWithoutAKeyset() throws Exception {
        ControlPlaneConfig config = config();
        Files.delete(config.keyset().file());

        assertThatThrownBy(() -> ControlPlane.start(config))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining(config.keyset().file().toString())
                .hasMessageContaining("signalbox keyset create");
    }

    @Test
    void doesNotStartWithAKeysetThatDoesNotOpenWhatIsStored() throws Exception {
        TestCertificates.Issued issued = TestCertificates.authority().issue("shop.example.com");
        ControlPlaneConfig config = config();
        try (ControlPlane controlPlane = ControlPlane.start(config)) {
            JsonNode certificate =
                    JSON.createObjectNode().put("chain", issued.chain()).put("privateKey", issued.privateKey());
            api(controlPlane).put("certificates", "shop", certificate, Expect.ABSENT);
        }
        Files.delete(config.keyset().file());
        KeysetFile.create(config.keyset().file());

        assertThatThrownBy(() -> ControlPlane.start(config))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("certificates/shop");
    }

    @Test
    void doesNotWaitForeverForADatabase() throws Exception {
        DatabaseAddress nowhere =
                new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + FreePorts.next() + "/none", "nobody", "hush");

        assertThatThrownBy(() -> ControlPlane.start(config(nowhere, Duration.ofMillis(200))))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("No database")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("hush");
    }

    @Test
    void leavesNothingRunningWhenItCannotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ControlPlaneConfig config = config();
            ControlPlaneConfig busyRest = new ControlPlaneConfig(
                    config.database(),
                    config.keyset(),
                    new Address("127.0.0.1", taken.getLocalPort()),
                    config.xds(),
                    config.tokens());

            assertThatThrownBy(() -> ControlPlane.start(busyRest))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("revision-follower", "reconciler");
    }

    private ControlPlaneConfig config() throws IOException {
        return config(Replica.address(postgres.database()), Duration.ofSeconds(20));
    }

    private ControlPlaneConfig config(DatabaseAddress database, Duration wait) throws IOException {
        Path keyset = directory.resolve("keyset.json");
        if (!Files.exists(keyset)) {
            KeysetFile.create(keyset);
        }
        Address anyPort = new Address("127.0.0.1", 0);
        return new ControlPlaneConfig(
                database,
                wait,
                new ControlPlaneConfig.Keyset(keyset, false),
                anyPort,
                anyPort,
                List.of(Token.of("tests", "secret")),
                ControlPlaneConfig.Retention.DEFAULT,
                Optional.empty(),
                RequestLimits.DEFAULT,
                List.of(),
                Optional.empty());
    }

    private static ApiClient api(ControlPlane controlPlane) {
        return new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "secret");
    }

    private static String text(ControlPlane controlPlane, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + controlPlane.restPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int port(AckingProxy proxy, String cluster) {
        ClusterLoadAssignment assignment =
                Optional.ofNullable(proxy.endpoints().get(cluster)).orElseThrow();
        return assignment
                .getEndpoints(0)
                .getLbEndpoints(0)
                .getEndpoint()
                .getAddress()
                .getSocketAddress()
                .getPortValue();
    }

    private static JsonNode pool(int port) {
        return json("{endpoints: [{address: 10.0.0.1, port: " + port + "}]}");
    }

    private static JsonNode route(String pool) {
        return json("{hosts: ['*'], match: {path: {prefix: /}}, action: {forward: {pools: [{pool: " + pool + "}]}}}");
    }

    /** From the flow style of YAML, which needs fewer quotes. */
    private static JsonNode json(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
