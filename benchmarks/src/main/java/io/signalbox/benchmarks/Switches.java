package io.signalbox.benchmarks;

import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * A route is switched between two pools again and again under traffic; each time the pool it leaves is deleted at once,
 * and made anew for the next switch. A proxy that learned of these in the wrong order would answer 503 or 404.
 */
public final class Switches {
    private static final RawRequest REQUEST = RawRequest.get(BenchStack.HOST, "/");

    private final BenchStack stack;
    private final AtomicLong requests = new AtomicLong();
    private final ConcurrentMap<String, Long> failures = new ConcurrentHashMap<>();
    private volatile boolean running = true;

    private Switches(BenchStack stack) {
        this.stack = stack;
    }

    /**
     * @param requests sent meanwhile
     * @param failures how many of them were answered otherwise than 200, by status or by what the connection died of
     */
    public record Result(Target target, int switches, long requests, SortedMap<String, Long> failures, Duration took) {
        public long failed() {
            return failures.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Runs it on a control plane and a proxy of its own.
     *
     * @param clients threads, each with one connection
     * @param progress told of each switch
     */
    public static Result run(Target target, int switches, int clients, IntConsumer progress)
            throws EnvoyNotFoundException, InterruptedException {
        try (BenchStack stack = BenchStack.start(target)) {
            return new Switches(stack).run(target, switches, startPools(stack), clients, progress);
        }
    }

    private record Pools(EchoBackend blue, EchoBackend green) {
        String name(int number) {
            return number % 2 == 0 ? "blue" : "green";
        }

        EchoBackend backend(int number) {
            return number % 2 == 0 ? blue : green;
        }
    }

    private static Pools startPools(BenchStack stack) {
        return new Pools(stack.open(EchoBackend.start("blue")), stack.open(EchoBackend.start("green")));
    }

    private Result run(Target target, int switches, Pools pools, int clients, IntConsumer progress)
            throws InterruptedException {
        ApiClient api = stack.api();
        api.put("pools", pools.name(0), BenchStack.pool(pools.backend(0)), Expect.ABSENT);
        stack.awaitApplied(api.put("routes", "switched", BenchStack.route("/", pools.name(0)), Expect.ABSENT)
                .revision());
        List<Thread> threads = startClients(clients);
        long start = System.nanoTime();
        for (int i = 1; i <= switches; i++) {
            api.put("pools", pools.name(i), BenchStack.pool(pools.backend(i)), Expect.ABSENT);
            api.put("routes", "switched", BenchStack.route("/", pools.name(i)), Expect.PRESENT);
            api.delete("pools", pools.name(i - 1), Expect.PRESENT);
            progress.accept(i);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        stack.awaitApplied(newestRevision());
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(target, switches, requests.get(), new TreeMap<>(failures), took);
    }

    private long newestRevision() {
        return stack.api()
                .get("/api/v1/revisions?pageSize=1")
                .body()
                .path("items")
                .path(0)
                .path("revision")
                .asLong();
    }

    private List<Thread> startClients(int clients) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::send, "client " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void send() {
        while (running) {
            try (RawConnection connection = stack.client().connect()) {
                while (running && connection.isOpen()) {
                    requests.incrementAndGet();
                    RawResponse response = connection.send(REQUEST);
                    if (response.status() != 200) {
                        failures.merge("status " + response.status() + " " + response.text(), 1L, Long::sum);
                    }
                }
            } catch (IOException | RuntimeException e) {
                failures.merge(String.valueOf(e.getMessage()), 1L, Long::sum);
            }
        }
    }
}
