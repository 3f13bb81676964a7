package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.store.KeysetFile;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Answer;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.testkit.PostgresExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Envoys of the oldest and of the newest release side by side on one control plane, and on one port. */
final class ReleasesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String WAIT = "wait=applied&timeout=60s";
    private static final String FIELD = "spec.match.path.template";

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @ParameterizedTest
    @EnumSource
    void whatAReleaseDoesNotKnowItIsNotSent(EnvoyBootstrap.Protocol protocol) throws Exception {
        int port = FreePorts.next();
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        try (ControlPlane controlPlane = ControlPlane.start(config());
                EnvoyProcess newest = envoy(controlPlane, EnvoyBinary.PINNED_VERSION, "new", protocol);
                EnvoyProcess oldest = envoy(controlPlane, "1.36.4", "old", protocol)) {
            ApiClient api = new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "secret");
            api.put("listeners", "web", json("{address: 127.0.0.1, port: " + port + ", http: {}}"), Expect.ABSENT);
            api.put("routes", "rest", route("{prefix: /}", "rest"), Expect.ABSENT);
            Answer known = api.put("routes", "docs", route("{prefix: /v1}", "known"), Expect.ABSENT);
            for (String node : List.of("new", "old")) {
                api.awaitConnected(node, LONG);
                api.awaitAcknowledged(node, known.revision(), LONG);
            }
            assertAnswers(address, "/v1", Set.of("known"));

            Answer unknown = api.put("routes", "docs", route("{template: '/v{x}/docs'}", "new"), Expect.PRESENT, WAIT);
            JsonNode withheld = withheld("docs");
            assertThat(unknown.body().path("applied").asBoolean()).isFalse();
            assertThat(unknown.body().at("/propagation/waiting")).isEqualTo(json("[old]"));
            assertThat(unknown.body().at("/propagation/refused")).isEmpty();
            assertThat(unknown.body().at("/propagation/withheld/0/node").asText())
                    .isEqualTo("old");
            assertThat(unknown.body().at("/propagation/withheld/0/needs").asText())
                    .isEqualTo("1.39");
            assertThat(unknown.body().at("/warnings/0/code").asText()).isEqualTo("unknown-to-release");
            assertThat(unknown.body().at("/warnings/0/message").asText())
                    .isEqualTo(FIELD + " of routes/docs needs Envoy 1.39 and is not sent to old (1.36)");
            assertThat(node(api, "old").path("withheld")).isEqualTo(withheld);
            assertThat(node(api, "new").has("withheld")).isFalse();
            assertAnswers(address, "/v1/docs", Set.of("new", "known")); // the old one keeps what it has

            api.put("routes", "fresh", route("{template: '/f{x}/docs'}", "fresh"), Expect.ABSENT, WAIT);
            Answer other = api.put("routes", "other", route("{exact: /other}", "other"), Expect.ABSENT, WAIT);
            assertThat(other.body().path("warnings")).isEmpty();
            assertAnswers(address, "/other", Set.of("other"));
            assertAnswers(address, "/f1/docs", Set.of("fresh", "rest")); // it never had that
            assertAnswers(address, "/v1/docs", Set.of("new", "known"));
            assertThat(node(api, "old").path("withheld")).hasSize(2);

            api.delete("routes", "fresh", Expect.PRESENT);
            Answer again = api.put("routes", "docs", route("{prefix: /v2}", "again"), Expect.PRESENT, WAIT);
            assertThat(again.body().path("applied").asBoolean())
                    .as("%s", again.body())
                    .isTrue();
            assertThat(node(api, "old").has("withheld")).isFalse();
            assertAnswers(address, "/v2", Set.of("again"));
            assertAnswers(address, "/v1", Set.of("rest"));
            assertThat(refusals(oldest)).isZero();
            assertThat(refusals(newest)).isZero();
        }
    }

    @Test
    void aNodeThatComesLaterGetsTheRest() throws Exception {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", FreePorts.next());
        try (ControlPlane controlPlane = ControlPlane.start(config())) {
            ApiClient api = new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "secret");
            api.put(
                    "listeners",
                    "web",
                    json("{address: 127.0.0.1, port: " + address.getPort() + ", http: {}}"),
                    Expect.ABSENT);
            api.put("routes", "rest", route("{prefix: /}", "rest"), Expect.ABSENT);
            Answer docs = api.put("routes", "docs", route("{template: '/v{x}/docs'}", "new"), Expect.ABSENT);
            assertThat(docs.body().has("warnings")).isFalse(); // nobody is there whom it concerns
            try (EnvoyProcess oldest = envoy(controlPlane, "1.36.4", "old", EnvoyBootstrap.Protocol.DELTA)) {
                oldest.awaitListener("web", LONG);
                assertAnswers(address, "/v1/docs", Set.of("rest"));
                assertThat(node(api, "old").path("withheld")).isEqualTo(withheld("docs"));
                assertThat(refusals(oldest)).isZero();
            }
        }
    }

    private static JsonNode withheld(String route) {
        return json("[{resource: routes/" + route + ", field: " + FIELD + ", needs: '1.39', has: '1.36.4'}]");
    }

    private static EnvoyProcess envoy(
            ControlPlane controlPlane, String version, String id, EnvoyBootstrap.Protocol protocol) throws Exception {
        return EnvoyProcess.start(
                EnvoyBinary.version(version),
                EnvoyBootstrap.builder(id, new EnvoyBootstrap.HostPort("127.0.0.1", controlPlane.xdsPort()))
                        .protocol(protocol)
                        .build()
                        .toYaml());
    }

    /** Which of the Envoys a connection comes to is left to the kernel, as both listen on the port. */
    private static void assertAnswers(InetSocketAddress address, String path, Set<String> expected) {
        await().atMost(LONG).untilAsserted(() -> {
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                answers.add(RawHttpClient.plain(address)
                        .send(RawRequest.get("shop.test", path))
                        .text());
            }
            assertThat(answers).isEqualTo(expected);
        });
    }

    private static long refusals(EnvoyProcess envoy) {
        return envoy.stats(".*update_rejected").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static JsonNode node(ApiClient api, String id) throws Exception {
        for (JsonNode node : api.nodes()) {
            if (node.path("id").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no node " + id);
    }

    private static JsonNode route(String path, String answer) {
        return json("{match: {path: " + path + "}, action: {respond: {status: 200, body: " + answer + "}}}");
    }

    /** From the flow style of YAML, which needs fewer quotes. */
    private static JsonNode json(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private ControlPlaneConfig config() throws IOException {
        Path keyset = directory.resolve("keyset.json");
        KeysetFile.create(keyset);
        Address anyPort = new Address("127.0.0.1", 0);
        return new ControlPlaneConfig(
                Replica.address(postgres.database()),
                LONG,
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
}
