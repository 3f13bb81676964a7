package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EmbeddedDatabase;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox dev} and {@code signalbox data-plane} as processes, through the launchers that others build on. */
class LocalProcessesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void aKilledControlPlaneComesBackWhereItWasAndItsDataPlaneServesOn() throws Exception {
        ControlPlaneProcess.Options options = new ControlPlaneProcess.Options(Optional.of(data), 0, 0, List.of());
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start(options)) {
            ApiClient api = controlPlane.api();
            int port = FreePorts.next();
            api.put(
                    "listeners",
                    "edge",
                    json("{'address': '127.0.0.1', 'port': " + port + ", 'http': {}}"),
                    Expect.ABSENT);
            api.put("routes", "hello", route("before"), Expect.ABSENT);
            String bootstrap = EnvoyBootstrap.builder("plane-1", controlPlane.xds())
                    .build()
                    .toYaml();
            try (DataPlaneProcess dataPlane = DataPlaneProcess.start(bootstrap, DataPlaneProcess.Options.DEFAULT)) {
                InetSocketAddress edge = Objects.requireNonNull(
                        dataPlane.awaitReady(PATIENCE).listeners().get("edge"));
                assertThat(edge.getPort()).isEqualTo(port);
                assertThat(ask(edge)).isEqualTo("before");
                String rest = controlPlane.rest();

                controlPlane.kill9();
                assertThat(ask(edge)).isEqualTo("before");
                controlPlane.restart();

                assertThat(controlPlane.rest()).isEqualTo(rest);
                assertThat(controlPlane.token()).isNotEmpty();
                api.awaitConnected("plane-1", PATIENCE);
                api.put("routes", "hello", route("after"), Expect.PRESENT, "wait=applied&timeout=30s");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ask(edge)).isEqualTo("after"));
            }
            controlPlane.kill9();
        }
        assertThat(EmbeddedDatabase.endLeftBehind(data.resolve("postgres"))).isFalse();
    }

    private static String ask(InetSocketAddress edge) throws Exception {
        return RawHttpClient.plain(edge)
                .send(RawRequest.get("any.example.com", "/"))
                .text();
    }

    private static JsonNode route(String body) throws Exception {
        return json("{'hosts': ['*'], 'action': {'respond': {'status': 200, 'body': '" + body + "'}}}");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
