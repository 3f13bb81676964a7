package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Answer;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres stops and starts; neither control plane nor proxies are restarted. */
class DatabaseOutageTest {
    @Test
    void writesAre503MeanwhileProxiesServeOnAndWritesWorkAfterwards(@TempDir Path directory) throws Exception {
        try (LocalServer server = LocalServer.start(directory);
                Proxies proxies = Proxies.start(server.xds());
                EchoBackend backend = EchoBackend.start("stable")) {
            ApiClient api = server.api();
            api.put("listeners", "edge", Specs.listener(proxies.listenerPort()), Expect.ABSENT);
            api.put("pools", "stable", Specs.pool(backend), Expect.ABSENT);
            long revision = api.put("routes", "stable", Specs.forward("/stable", "stable"), Expect.ABSENT)
                    .revision();
            proxies.awaitConnected(api);
            proxies.awaitAcknowledged(api, revision);
            proxies.awaitAnswers("/stable", answer -> answer.status() == 200);

            try (SteadyTraffic traffic = SteadyTraffic.start(proxies.clients(), "/stable")) {
                server.database().stop();
                for (int i = 0; i < 3; i++) {
                    assertThat(write(api).status()).isEqualTo(503);
                }
                assertThat(api.get("routes", "stable").status()).as("reads").isEqualTo(200);
                long before = traffic.requests();
                Awaitility.await().atMost(Proxies.PATIENCE).until(() -> traffic.requests() > before + 1000);

                server.database().start();
                Awaitility.await()
                        .atMost(Proxies.PATIENCE)
                        .until(() -> write(api).status() / 100 == 2);
                proxies.awaitAcknowledged(api, revision + 1);
                proxies.awaitAnswers("/new", answer -> answer.text().equals("after the outage"));
                assertThat(traffic.failures()).isEmpty();
            }
        }
    }

    private static Answer write(ApiClient api) {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.set("spec", Specs.respond("/new", "after the outage"));
        return api.send("PUT", "/api/v1/routes/new", Optional.of(body), Map.of("If-None-Match", "*"));
    }
}
