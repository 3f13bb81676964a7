package io.signalbox.benchmarks;

import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient.Answer;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * How long it takes from sending the {@code PUT} of a route to the first answer that the route gives. Each sample moves
 * one of the routes to a path that was never used, and asks for that path on an open connection without pause until the
 * answer is not 404. Nothing else goes on.
 *
 * <p>Every other sample is a {@code PUT ?wait=applied}, whose own duration tells when the acknowledgement is known.
 */
final class CommitToServe {
    private static final Duration GIVE_UP = Duration.ofSeconds(20);
    private static final String POOL = "bench";

    private final BenchStack stack;
    private final int routes;
    private final List<Long> put = new ArrayList<>();
    private final List<Long> putUntilAcknowledged = new ArrayList<>();
    private final List<Long> firstAnswer = new ArrayList<>();

    private CommitToServe(BenchStack stack, int routes) {
        this.stack = stack;
        this.routes = routes;
    }

    /**
     * All from sending the write.
     *
     * @param put until the write is answered
     * @param acknowledged until a write that waits for the proxy is answered
     * @param firstAnswer until the proxy answers by the route
     */
    record Result(Target target, Distribution put, Distribution acknowledged, Distribution firstAnswer) {}

    /** @param progress told of each sample */
    static Result run(Target target, int routes, int samples, int warmUp, IntConsumer progress)
            throws EnvoyNotFoundException {
        try (BenchStack stack = BenchStack.start(target)) {
            CommitToServe bench = new CommitToServe(stack, routes);
            bench.prepare();
            for (int i = -warmUp; i < samples; i++) {
                bench.sample(i);
                progress.accept(i);
            }
            return new Result(
                    target,
                    Distribution.of(bench.put),
                    Distribution.of(bench.putUntilAcknowledged),
                    Distribution.of(bench.firstAnswer));
        }
    }

    private void prepare() {
        EchoBackend backend = stack.open(EchoBackend.start("bench"));
        stack.api().put("pools", POOL, BenchStack.pool(backend), Expect.ABSENT);
        Answer last = stack.api().put("routes", name(0), BenchStack.route("/r/0", POOL), Expect.ABSENT);
        for (int i = 1; i < routes; i++) {
            last = stack.api().put("routes", name(i), BenchStack.route("/r/" + i, POOL), Expect.ABSENT);
        }
        stack.awaitApplied(last.revision());
    }

    private void sample(int number) {
        boolean waits = Math.floorMod(number, 2) == 1;
        String path = "/sample/" + number;
        CompletableFuture<Long> served = CompletableFuture.supplyAsync(() -> awaitServed(path));
        long start = System.nanoTime();
        Answer answer = stack.api()
                .put(
                        "routes",
                        name(Math.floorMod(number, routes)),
                        BenchStack.route(path, POOL),
                        Expect.PRESENT,
                        waits ? "wait=applied&timeout=10s" : "");
        long answered = System.nanoTime();
        long first = served.join();
        if (number >= 0) {
            (waits ? putUntilAcknowledged : put).add(answered - start);
            firstAnswer.add(first - start);
        }
        stack.awaitApplied(answer.revision());
    }

    private long awaitServed(String path) {
        long end = System.nanoTime() + GIVE_UP.toNanos();
        try (RawConnection connection = stack.client().connect()) {
            while (System.nanoTime() < end) {
                if (connection.send(RawRequest.get(BenchStack.HOST, path)).status() == 200) {
                    return System.nanoTime();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(path + " is not served after " + GIVE_UP);
    }

    private static String name(int route) {
        return "bench-" + route;
    }
}
