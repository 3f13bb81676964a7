package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.LocalProcessException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Canaries that move by what an Envoy and the Java data plane report. */
class AutomaticCanaryTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final EchoBackend stable = EchoBackend.start("stable");
    private final EchoBackend next = EchoBackend.start("next");
    private final ControlPlaneProcess controlPlane = ControlPlaneProcess.start();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Proxies proxies;

    @SuppressWarnings("NullAway.Init") // set before each test
    private SteadyTraffic traffic;

    @BeforeEach
    void start() throws Exception {
        proxies = Proxies.start(controlPlane.xds());
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
        traffic = SteadyTraffic.start(proxies.clients(), "/");
    }

    @AfterEach
    void stop() throws Exception {
        traffic.close();
        proxies.close();
        controlPlane.close();
        next.close();
        stable.close();
    }

    private void startCanary(String bake) {
        ObjectNode spec = JSON.createObjectNode()
                .put("stable", "stable")
                .put("canary", "next")
                .put("bake", bake);
        spec.putArray("steps").add(10).add(30).add(60).add(100);
        spec.putObject("analysis").put("minimumRequests", 50).put("tolerance", 10);
        controlPlane.api().put("canaries", "next", spec, Expect.ABSENT);
        controlPlane.api().post("/api/v1/canaries/next:start");
    }

    private JsonNode awaitStatus(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .ignoreExceptionsInstanceOf(LocalProcessException.class) // it may just be dead
                .until(() -> controlPlane.api().get("canaries", "next").body().path("status"), wanted);
    }

    private JsonNode analysis() {
        return controlPlane.api().get("/api/v1/canaries/next/analysis").body();
    }

    /** What was done with the canary, the oldest first. */
    private List<String> moves() {
        List<String> moves = new ArrayList<>();
        controlPlane
                .api()
                .get("/api/v1/revisions?pageSize=50")
                .body()
                .path("items")
                .forEach(revision -> {
                    String reason = revision.path("reason").asText();
                    if (reason.contains(" canary next")) {
                        moves.add(0, reason.substring(0, reason.indexOf(' ')));
                    }
                });
        return moves;
    }

    @Test
    void aControlPlaneKilledHalfwayLosesNoStepAndDoesNoneTwice() {
        startCanary("2s");
        for (int step = 1; step <= 2; step++) {
            int reached = step;
            awaitStatus(status -> status.path("step").asInt() >= reached);
            controlPlane.kill9();
            controlPlane.restart();
        }
        awaitStatus(status -> status.path("phase").asText().equals("promoted"));
        assertThat(moves()).containsExactly("Start", "Advance", "Advance", "Advance", "Promote");
        assertThat(traffic.failures()).isEmpty();
    }

    @Test
    void aProxyThatStopsReportingIsWaitedForByName() {
        startCanary("10s");
        Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(() -> analysis().at("/canary/requests").asLong() > 0);
        String node = proxies.killEnvoy();
        JsonNode analysis = Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(this::analysis, seen -> seen.path("silent").size() == 1 && isDue(seen));
        assertThat(analysis.at("/silent/0/node").asText()).isEqualTo(node);
        assertThat(analysis.path("reason").asText()).startsWith(node + " has not reported since ");
        assertThat(analysis.path("verdict").asText()).isEqualTo("inconclusive");
        assertThat(moves()).containsExactly("Start");
    }

    /** Proxies answer 503 without a server being asked, so there is nothing that they could count. */
    @Test
    void aCanaryPoolWithoutAHealthyServerIsSilentAndDoesNotGoOn() {
        // Until the servers are found unhealthy, and then for five seconds, nobody can know.
        startCanary("30s");
        Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(() -> analysis().at("/canary/requests").asLong() > 100);
        ObjectNode pool = Specs.pool(next).put("panicThreshold", 0);
        pool.putObject("healthCheck")
                .put("interval", "1s")
                .put("timeout", "1s")
                .putObject("http")
                .put("path", "/")
                .putArray("statuses")
                .add(204); // which it never answers
        controlPlane.api().put("pools", "next", pool, Expect.PRESENT);
        JsonNode analysis = Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(
                        this::analysis,
                        seen -> seen.path("reason").asText().startsWith("the canary is silent: ") && isDue(seen));
        assertThat(analysis.path("verdict").asText()).isEqualTo("inconclusive");
        assertThat(analysis.at("/canary/errors").asLong()).isZero();
        assertThat(moves()).containsExactly("Start");
    }

    /** For a second, in which it would have gone on. */
    private static boolean isDue(JsonNode analysis) {
        return Instant.now()
                .isAfter(Instant.parse(analysis.path("due").asText()).plusSeconds(1));
    }
}
