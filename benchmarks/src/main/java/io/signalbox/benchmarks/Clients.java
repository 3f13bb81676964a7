package io.signalbox.benchmarks;

import io.signalbox.benchmarks.Fleet.Proxy;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads through which users ask a fleet, each with connections of its own, open from the start to the end. */
final class Clients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Lines> lines = new ArrayList<>();
    private final ExecutorService threads;

    private Clients(int number) {
        threads = Executors.newFixedThreadPool(number, task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            return thread;
        });
    }

    static Clients connect(Fleet fleet, int number) throws IOException {
        Clients clients = new Clients(number);
        for (int i = 0; i < number; i++) {
            clients.lines.add(fleet.connect());
        }
        return clients;
    }

    /** What one user does. */
    interface Visit<T> {
        T by(SimulatedUser user, Lines lines) throws IOException;
    }

    /** Lets each user do something, in no order between users; what came of it, in theirs. */
    <T> List<T> each(List<SimulatedUser> users, Visit<T> visit) throws IOException, InterruptedException {
        List<Future<List<T>>> shares = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Lines own = lines.get(i);
            List<SimulatedUser> share = users.subList(start(i, users), start(i + 1, users));
            shares.add(threads.submit(() -> {
                List<T> done = new ArrayList<>(share.size());
                for (SimulatedUser user : share) {
                    done.add(visit.by(user, own));
                }
                return done;
            }));
        }
        List<T> all = new ArrayList<>(users.size());
        for (Future<List<T>> share : shares) {
            all.addAll(get(share));
        }
        return all;
    }

    private int start(int client, List<SimulatedUser> users) {
        return (int) ((long) users.size() * client / lines.size());
    }

    private static <T> T get(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }

    /**
     * Waits until a request is answered by a server on every connection. That a proxy acknowledged a change is not enough:
     * Envoy's main thread does that, and its workers follow (Envoy: "Threading model").
     */
    void await(RawRequest request, String server) throws IOException {
        for (Lines each : lines) {
            for (Proxy proxy : Proxy.values()) {
                await(each.to(proxy), request, server);
            }
        }
    }

    private static void await(RawConnection connection, RawRequest request, String server) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!connection.send(request).backend().equals(Optional.of(server))) {
            if (System.nanoTime() - end >= 0) {
                throw new IOException("not answered by " + server + " after " + PATIENCE + ": " + request.headers());
            }
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Lines each : lines) {
            each.close();
        }
    }
}
