package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.EchoBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Canaries with a latency rule, and what an Envoy and the Java data plane tell of latencies. */
class SlowCanaryTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SLOW = "300ms";
    private static final Duration DELAY = Duration.ofMillis(400);
    /** Slow answers are few in a second, and latencies are known by 5 seconds. */
    private static final Duration PATIENCE = Proxies.PATIENCE.multipliedBy(3);

    private final EchoBackend stable = EchoBackend.start("stable");
    private final EchoBackend next = EchoBackend.start("next");

    @SuppressWarnings("NullAway.Init") // set before each test
    private ControlPlaneProcess controlPlane;

    @BeforeEach
    void start() {
        controlPlane = ControlPlaneProcess.start();
    }

    @AfterEach
    void stop() {
        controlPlane.close();
        next.close();
        stable.close();
    }

    private void configure(Proxies proxies) {
        ApiClient api = controlPlane.api();
        proxies.awaitConnected(api);
        api.put("listeners", "edge", Specs.listener(proxies.listenerPort()), Expect.ABSENT);
        api.put("pools", "stable", Specs.pool(stable), Expect.ABSENT);
        api.put("pools", "next", Specs.pool(next), Expect.ABSENT);
        proxies.awaitAcknowledged(
                api,
                api.put("routes", "shop", Specs.forward("/", "stable"), Expect.ABSENT)
                        .revision());
        proxies.awaitAnswers("/", answer -> answer.status() == 200);
    }

    private void startCanary(String bake) {
        ObjectNode spec = JSON.createObjectNode()
                .put("stable", "stable")
                .put("canary", "next")
                .put("bake", bake);
        spec.putArray("steps").add(50).add(100);
        spec.putObject("analysis")
                .put("minimumRequests", 20)
                .put("tolerance", 20)
                .putObject("latency")
                .put("slow", SLOW);
        controlPlane.api().put("canaries", "next", spec, Expect.ABSENT);
        controlPlane.api().post("/api/v1/canaries/next:start");
    }

    private JsonNode status() {
        return controlPlane.api().get("canaries", "next").body().path("status");
    }

    private JsonNode analysis() {
        return controlPlane.api().get("/api/v1/canaries/next/analysis").body();
    }

    /** @param plane 0 for Envoy, 1 for the Java plane: either alone tells enough */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCanaryThatIsSlowIsSentBack(int plane) throws Exception {
        next.delay(DELAY);
        try (Proxies proxies = Proxies.start(controlPlane.xds())) {
            configure(proxies);
            try (SteadyTraffic traffic =
                    SteadyTraffic.start(List.of(proxies.clients().get(plane)), "/")) {
                startCanary("1h");
                JsonNode status = await().atMost(PATIENCE)
                        .until(this::status, seen -> seen.path("phase").asText().equals("failed"));
                assertThat(status.path("reason").asText()).startsWith("more answers slower than " + SLOW + " than ");
                assertThat(traffic.failures()).isEmpty();
            }
            await().atMost(PATIENCE)
                    .until(this::medians, medians -> medians.stream().anyMatch(p50 -> p50 > 300));
        }
    }

    @Test
    void asLongAsNobodyTellsLatenciesTheVerdictWaitsAndSaysSo() throws Exception {
        try (Proxies proxies = Proxies.startWithoutStatistics(controlPlane.xds())) {
            configure(proxies);
            try (SteadyTraffic traffic = SteadyTraffic.start(proxies.clients(), "/")) {
                startCanary("2s");
                JsonNode analysis =
                        await().atMost(PATIENCE).until(this::analysis, seen -> isDue(seen) && hasPassedByErrors(seen));
                assertThat(analysis.path("verdict").asText()).isEqualTo("inconclusive");
                assertThat(analysis.path("reason").asText())
                        .startsWith(
                                "no proxy tells latencies, as the bootstrap of envoy, java does not ask for them; ");
                assertThat(analysis.at("/latency/untold")).hasSize(2);
                assertThat(status().path("step").asInt()).isZero();
                assertThat(traffic.failures()).isEmpty();
            }
        }
    }

    /** Of the canary's answers, minute by minute, in milliseconds. */
    private List<Double> medians() {
        List<Double> medians = new ArrayList<>();
        controlPlane
                .api()
                .get("/api/v1/pools/next/load")
                .body()
                .path("items")
                .forEach(minute -> medians.add(minute.at("/latency/p50").asDouble()));
        return medians;
    }

    private static boolean hasPassedByErrors(JsonNode analysis) {
        return analysis.path("reason").asText().contains("not worse than the stable pool by 20 % or more");
    }

    /** For a second, in which it would have gone on. */
    private static boolean isDue(JsonNode analysis) {
        return Instant.now()
                .isAfter(Instant.parse(analysis.path("due").asText()).plusSeconds(1));
    }
}
