package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.PacedTraffic.Answer;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Canaries that begin to fail, and the time until no edge sends anybody to them; and ones that do not. */
final class CanaryRollback {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final double ERRORS = 0.2;
    private static final int CLIENTS = 12;

    private final Fleet fleet;
    private final EchoBackend stable;
    private final EchoBackend canary;

    CanaryRollback(Fleet fleet) {
        this.fleet = fleet;
        this.stable = fleet.open(EchoBackend.start("v1"));
        this.canary = fleet.open(EchoBackend.start("v2"));
    }

    /**
     * @param nanos from the first erroneous answer to the last answer of the canary, of whichever edge
     * @param errors how many erroneous answers there were
     * @param errorsAfter how many of them to requests that were sent after that
     */
    record Run(long nanos, int errors, int errorsAfter) {}

    /**
     * @param healthyMillis of each run, how long the canary does well before
     * @param progress told of each run
     */
    List<Run> failing(int runs, int perSecond, LongSupplier healthyMillis, IntConsumer progress)
            throws InterruptedException, TimeoutException {
        create("failing", 0);
        List<Run> all = new ArrayList<>();
        RawRequest request = RawRequest.get(BenchStack.HOST, "/failing");
        try (PacedTraffic traffic = PacedTraffic.start(fleet, number -> request, CLIENTS, perSecond)) {
            for (int run = 0; run < runs; run++) {
                all.add(fail(traffic, healthyMillis.getAsLong()));
                progress.accept(run + 1);
            }
        }
        return all;
    }

    private Run fail(PacedTraffic traffic, long healthyMillis) throws InterruptedException, TimeoutException {
        canary.fail(0, 503);
        fleet.api().post("/api/v1/canaries/failing:start?wait=applied&timeout=20s");
        Thread.sleep(healthyMillis);
        traffic.take();
        canary.fail(ERRORS, 503);
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!phase("failing").equals("failed")) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("the canary does not fail: "
                        + fleet.api().get("/api/v1/canaries/failing/analysis").body());
            }
            Thread.sleep(20);
        }
        Thread.sleep(1_500); // what comes late is to be seen
        return run(traffic.take());
    }

    private static Run run(List<Answer> answers) throws TimeoutException {
        List<Answer> errors = answers.stream().filter(Answer::isError).toList();
        long first = errors.stream()
                .mapToLong(Answer::end)
                .min()
                .orElseThrow(() -> new TimeoutException("it failed without an error"));
        long last = answers.stream()
                .filter(answer -> answer.backend().equals("v2"))
                .mapToLong(Answer::end)
                .max()
                .orElse(first);
        int after =
                (int) errors.stream().filter(answer -> answer.start() > last).count();
        return new Run(last - first, errors.size(), after);
    }

    /**
     * Canaries that have as many errors as the stable pool, all at once.
     *
     * @return how many of them were sent back
     */
    int healthy(int canaries, int perSecond, Duration time) throws InterruptedException {
        stable.fail(0.01, 503);
        canary.fail(0.01, 503);
        for (int i = 0; i < canaries; i++) {
            create("healthy-" + i, i + 1);
            fleet.api().post("/api/v1/canaries/healthy-" + i + ":start");
        }
        try (PacedTraffic traffic = PacedTraffic.start(
                fleet,
                number -> RawRequest.get(BenchStack.HOST, "/healthy-" + number % canaries),
                CLIENTS,
                perSecond)) {
            Thread.sleep(time.toMillis());
            traffic.take();
        }
        int back = 0;
        for (int i = 0; i < canaries; i++) {
            back += phase("healthy-" + i).equals("failed") ? 1 : 0;
        }
        return back;
    }

    /** How many requests the analysis of a canary has counted, on both pools. */
    long counted(String name) {
        JsonNode analysis =
                fleet.api().get("/api/v1/canaries/" + name + "/analysis").body();
        return analysis.at("/stable/requests").asLong()
                + analysis.at("/canary/requests").asLong();
    }

    private String phase(String name) {
        return fleet.api().get("canaries", name).body().at("/status/phase").asText();
    }

    private void create(String name, int number) {
        fleet.create("pools", "stable-" + number, BenchStack.pool(stable));
        fleet.create("pools", "canary-" + number, BenchStack.pool(canary));
        fleet.create("routes", name, BenchStack.route("/" + name, "stable-" + number));
        ObjectNode spec =
                JSON.createObjectNode().put("stable", "stable-" + number).put("canary", "canary-" + number);
        spec.putArray("steps").add(25).add(100);
        spec.put("bake", "1h");
        fleet.create("canaries", name, spec);
    }
}
