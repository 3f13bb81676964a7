package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.store.KeysetFile;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EmbeddedDatabase;
import io.signalbox.local.ReplicaProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas of a control plane on one database while a canary is under way, one of which is killed. Envoy and the Java data
 * plane know both, and open their streams at one after the other: of each proxy the config comes from one replica, and its reports
 * of load go to the other.
 */
class ReplicasTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final EchoBackend stable = EchoBackend.start("stable");
    private final EchoBackend next = EchoBackend.start("next");
    private final EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);

    @SuppressWarnings("NullAway.Init") // set before each test
    private ReplicaProcess left;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ReplicaProcess right;

    @SuppressWarnings("NullAway.Init") // set by each test
    private Proxies proxies;

    @SuppressWarnings("NullAway.Init") // set by each test
    private SteadyTraffic traffic;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Path keyset = directory.resolve("keyset.json");
        KeysetFile.create(keyset);
        left = ReplicaProcess.start(database, keyset);
        right = ReplicaProcess.start(database, keyset);
    }

    /** @param envoys those that Envoy knows; the Java data plane knows both */
    private void startProxies(ReplicaProcess... envoys) throws Exception {
        List<HostPort> ofEnvoy = Stream.of(envoys).map(ReplicaProcess::xds).toList();
        proxies = Proxies.start(ofEnvoy, List.of(left.xds(), right.xds()));
        ApiClient api = right.api();
        api.put("listeners", "edge", Specs.listener(proxies.listenerPort()), Expect.ABSENT);
        api.put("pools", "stable", Specs.pool(stable), Expect.ABSENT);
        api.put("pools", "next", Specs.pool(next), Expect.ABSENT);
        api.put("routes", "shop", Specs.forward("/", "stable"), Expect.ABSENT);
        proxies.awaitAnswers("/", answer -> answer.status() == 200);
        traffic = SteadyTraffic.start(proxies.clients(), "/");
    }

    @AfterEach
    void stop() throws Exception {
        traffic.close();
        proxies.close();
        left.close();
        right.close();
        database.close();
        next.close();
        stable.close();
    }

    private void startCanary(String bake, int... steps) {
        ObjectNode spec = JSON.createObjectNode()
                .put("stable", "stable")
                .put("canary", "next")
                .put("bake", bake);
        for (int step : steps) {
            spec.withArray("steps").add(step);
        }
        spec.putObject("analysis").put("minimumRequests", 50).put("tolerance", 10);
        right.api().put("canaries", "next", spec, Expect.ABSENT);
        right.api().post("/api/v1/canaries/next:start");
    }

    private JsonNode awaitStatus(ReplicaProcess replica, Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(() -> replica.api().get("canaries", "next").body().path("status"), wanted);
    }

    private JsonNode analysis() {
        return right.api().get("/api/v1/canaries/next/analysis").body();
    }

    /** What was done with the canary, the oldest first. Its revisions have no gap. */
    private static List<String> moves(ReplicaProcess replica) {
        List<String> moves = new ArrayList<>();
        List<Long> revisions = new ArrayList<>();
        replica.api().get("/api/v1/revisions?pageSize=50").body().path("items").forEach(revision -> {
            revisions.add(0, revision.path("revision").asLong());
            String reason = revision.path("reason").asText();
            if (reason.contains(" canary next")) {
                moves.add(0, reason.substring(0, reason.indexOf(' ')));
            }
        });
        assertThat(revisions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, revisions.size()).boxed().toList());
        return moves;
    }

    private void awaitHeadOnProxies(ReplicaProcess replica) {
        long head = replica.api()
                .get("/api/v1/revisions?pageSize=1")
                .body()
                .at("/items/0/revision")
                .asLong();
        proxies.awaitAcknowledged(replica.api(), head);
    }

    @Test
    void oneKilledMidStepLosesNoStepAndDoesNoneTwice() throws Exception {
        startProxies(left, right);
        startCanary("2s", 10, 30, 60, 100);
        awaitStatus(right, status -> status.path("step").asInt() >= 1);
        left.kill9();
        awaitStatus(right, status -> status.path("step").asInt() >= 2);
        left.restart();
        awaitStatus(left, status -> status.path("step").asInt() >= 2);
        right.kill9();
        awaitStatus(left, status -> status.path("phase").asText().equals("promoted"));

        assertThat(moves(left)).containsExactly("Start", "Advance", "Advance", "Advance", "Promote");
        awaitHeadOnProxies(left);
        assertThat(traffic.failures()).isEmpty();
    }

    @Test
    void anEdgeThatKnowsOnlyTheDeadOneIsWaitedForByName() throws Exception {
        startProxies(left);
        startCanary("10s", 50, 100);
        Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(() -> analysis().at("/canary/requests").asLong() > 0);
        left.kill9();

        JsonNode waiting = Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(this::analysis, seen -> seen.path("silent").size() == 1 && isDue(seen));
        assertThat(waiting.at("/silent/0/node").asText()).isEqualTo("envoy");
        assertThat(waiting.path("verdict").asText()).isEqualTo("inconclusive");
        assertThat(moves(right)).containsExactly("Start");
        left.restart();
        awaitStatus(right, status -> status.path("step").asInt() >= 1);
        assertThat(moves(right)).containsExactly("Start", "Advance");
    }

    /** For a second, in which it would have gone on. */
    private static boolean isDue(JsonNode analysis) {
        return Instant.now()
                .isAfter(Instant.parse(analysis.path("due").asText()).plusSeconds(1));
    }

    @Test
    void aBadCanaryIsRolledBackByTheOneThatIsLeft() throws Exception {
        startProxies(left, right);
        startCanary("10m", 50, 100);
        Awaitility.await()
                .atMost(Proxies.PATIENCE)
                .until(() -> analysis().at("/canary/requests").asLong() > 100);
        left.kill9();
        next.fail(1, 503);

        awaitStatus(right, status -> status.path("phase").asText().equals("failed"));
        assertThat(moves(right)).containsExactly("Start", "Abort");
        awaitHeadOnProxies(right);
        proxies.awaitAnswers("/", answer -> answer.backend().equals(Optional.of("stable")));
    }
}
