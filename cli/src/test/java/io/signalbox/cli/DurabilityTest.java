package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A control plane that is killed in the middle of hundreds of change sets. */
final class DurabilityTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WRITERS = 4;
    private static final int WRITES_BEFORE_KILL = 100;
    private static final int KILLS = 2;

    /** @param acknowledged the last write that was answered, and {@code sent} the last one that was begun */
    private record Written(int acknowledged, int sent) {}

    @Test
    void losesNothingItAnsweredAndLeavesNothingHalfDone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                putBoth(controlPlane.api(), writer, 1, Expect.ABSENT);
            }
            long unconfirmed = putUnconfirmed(controlPlane.api());
            List<Written> before = List.of(new Written(1, 1), new Written(1, 1), new Written(1, 1), new Written(1, 1));
            for (int kill = 0; kill < KILLS; kill++) {
                before = writeUntilKilled(controlPlane, threads, before);
                controlPlane.restart();
                assertThatAllIsThere(controlPlane.api(), before);
            }
            putBoth(controlPlane.api(), 0, 60_000, Expect.PRESENT);
            awaitReverted(controlPlane.api(), unconfirmed);
            assertThatNoRevisionIsHalfDone(controlPlane.api());
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Written> writeUntilKilled(
            ControlPlaneProcess controlPlane, ExecutorService threads, List<Written> before) throws Exception {
        CountDownLatch underWay = new CountDownLatch(WRITES_BEFORE_KILL);
        List<Future<Written>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(threads.submit(writing(controlPlane.api(), writer, before.get(writer), underWay)));
        }
        boolean busy = underWay.await(60, TimeUnit.SECONDS);
        controlPlane.kill9();
        assertThat(busy).as("writes before the kill").isTrue();
        List<Written> written = new ArrayList<>();
        for (Future<Written> writer : writers) {
            written.add(writer.get(60, TimeUnit.SECONDS));
        }
        return written;
    }

    /** Writes ever higher ports to both pools of one writer, each time in one change set, until that fails. */
    private static Callable<Written> writing(ApiClient api, int writer, Written before, CountDownLatch underWay) {
        return () -> {
            Written written = before;
            while (true) {
                written = new Written(written.acknowledged(), written.sent() + 1);
                try {
                    putBoth(api, writer, written.sent(), Expect.PRESENT);
                } catch (RuntimeException killed) {
                    return written;
                }
                written = new Written(written.sent(), written.sent());
                underWay.countDown();
            }
        };
    }

    private static void putBoth(ApiClient api, int writer, int port, Expect expect) {
        JsonNode spec = JSON.createObjectNode()
                .set(
                        "endpoints",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("address", "10.0.0.1")
                                        .put("port", port)));
        api.changeSet(
                "write " + port,
                List.of(
                        new Change("pool", "left-" + writer, expect, Optional.of(spec), Map.of()),
                        new Change("pool", "right-" + writer, expect, Optional.of(spec), Map.of())),
                "");
    }

    private static void assertThatAllIsThere(ApiClient api, List<Written> written) {
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(port(api, "left-" + writer))
                    .as("writer %d", writer)
                    .isEqualTo(port(api, "right-" + writer))
                    .isBetween(
                            written.get(writer).acknowledged(),
                            written.get(writer).sent());
        }
    }

    /** Its time is over while the control plane is dead or just back. */
    private static long putUnconfirmed(ApiClient api) {
        JsonNode body = JSON.createObjectNode().set("spec", JSON.createObjectNode());
        ApiClient.Answer answer = api.send(
                "PUT", "/api/v1/pools/unconfirmed?confirmWithin=2s", Optional.of(body), Map.of("If-None-Match", "*"));
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().path("revision").asLong();
    }

    private static void awaitReverted(ApiClient api, long revision) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                api.get("/api/v1/revisions/" + revision).body().at("/confirmation/state"))
                        .hasToString("\"reverted\""));
        JsonNode confirmation = api.get("/api/v1/revisions/" + revision).body().path("confirmation");
        JsonNode revert = api.get(
                        "/api/v1/revisions/" + confirmation.path("revertedBy").asLong())
                .body();
        assertThat(revert.path("author").asText()).isEqualTo("signalbox");
        assertThat(api.send("GET", "/api/v1/pools/unconfirmed", Optional.empty(), Map.of())
                        .status())
                .isEqualTo(404);
    }

    /** The history has no gap, and each revision wrote both pools of a writer or neither. */
    private static void assertThatNoRevisionIsHalfDone(ApiClient api) {
        long newest = api.get("/api/v1/revisions?pageSize=1")
                .body()
                .at("/items/0/revision")
                .asLong();
        assertThat(newest).isGreaterThan(KILLS * WRITES_BEFORE_KILL);
        for (long n = 1; n <= newest; n++) {
            JsonNode changes = api.get("/api/v1/revisions/" + n).body().path("changes");
            List<String> names = changes.findValuesAsText("name");
            names.remove("unconfirmed");
            assertThat(names.size()).as("changes of revision %s: %s", n, names).isIn(0, 2);
        }
    }

    private static int port(ApiClient api, String pool) {
        JsonNode spec = api.get("pools", pool).body().path("spec");
        return spec.path("endpoints").path(0).path("port").asInt();
    }
}
