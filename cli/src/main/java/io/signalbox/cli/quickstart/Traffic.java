package io.signalbox.cli.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that send the same request to one plane without pause until closed. Any thread may ask. */
final class Traffic implements AutoCloseable {
    /** Leaves the two cores of a small machine some air. */
    private static final Duration PAUSE = Duration.ofNanos(500_000);

    private final Plane plane;
    private final EdgeRequest request;
    private final boolean keepAlive;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger connects = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> lastStartByPool = new ConcurrentHashMap<>();
    private final AtomicLong firstFailure = new AtomicLong();
    private volatile Optional<Sample> sample = Optional.empty();
    private volatile boolean running = true;

    private Traffic(Plane plane, EdgeRequest request, boolean keepAlive) {
        this.plane = plane;
        this.request = request;
        this.keepAlive = keepAlive;
    }

    /** @param keepAlive whether a client keeps its connection, or opens one for each request */
    static Traffic start(Plane plane, EdgeRequest request, int clients, boolean keepAlive) {
        Traffic traffic = new Traffic(plane, request, keepAlive);
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(traffic::run, "traffic " + plane.title() + " " + i);
            thread.setDaemon(true);
            traffic.threads.add(thread);
            thread.start();
        }
        return traffic;
    }

    /** How the next requests were spread over pools; counts only requests that began after the sample did. */
    private static final class Sample {
        private final long since = System.nanoTime();
        private final Map<String, Integer> counts = new ConcurrentHashMap<>();
        private final CountDownLatch missing;

        private Sample(int size) {
            this.missing = new CountDownLatch(size);
        }

        private void add(long start, String pool) {
            if (start >= since && missing.getCount() > 0) {
                counts.merge(pool, 1, Integer::sum);
                missing.countDown();
            }
        }
    }

    private void run() {
        try (EdgeClient client = new EdgeClient(plane)) {
            while (running) {
                long start = System.nanoTime();
                try {
                    count(start, client.send(request));
                } catch (IOException | RuntimeException e) {
                    failures.add(e.toString());
                }
                if (!keepAlive) {
                    client.close();
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            connects.addAndGet(client.connects());
        }
    }

    private void count(long start, EdgeAnswer answer) {
        requests.incrementAndGet();
        if (answer.status() != 200) {
            failures.add("status " + answer.status());
            firstFailure.compareAndSet(0, System.nanoTime());
        }
        lastStartByPool.merge(answer.pool(), start, Math::max);
        sample.ifPresent(current -> current.add(start, answer.pool()));
    }

    /**
     * Counts the pools that answer the next requests.
     *
     * @return counts by pool; their sum is the size or a little more, or less when traffic stalled for 20 seconds
     */
    Map<String, Integer> sample(int size) throws InterruptedException {
        Sample next = new Sample(size);
        sample = Optional.of(next);
        boolean complete = next.missing.await(20, TimeUnit.SECONDS);
        sample = Optional.empty();
        if (!complete) {
            failures.add("no " + size + " answers within 20 s");
        }
        return Map.copyOf(next.counts);
    }

    /** When the last request began that the pool answered, by {@link System#nanoTime()}. */
    Optional<Long> lastStart(String pool) {
        return Optional.ofNullable(lastStartByPool.get(pool));
    }

    /** When the first answer came that was no 200, by {@link System#nanoTime()}. */
    Optional<Long> firstFailure() {
        long nanos = firstFailure.get();
        return nanos == 0 ? Optional.empty() : Optional.of(nanos);
    }

    long requests() {
        return requests.get();
    }

    /** Why requests failed: no answer, or a status other than 200. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many connections the clients opened; known when closed. */
    int connects() {
        return connects.get();
    }

    /** Stops the clients after their current request. */
    @Override
    public void close() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
