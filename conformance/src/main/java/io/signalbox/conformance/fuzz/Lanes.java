package io.signalbox.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several pairs of connections, each with a thread of its own, for the requests of one table: most of the time of a run goes
 * by while a proxy waits for the client of a refused request to read the answer.
 */
final class Lanes implements AutoCloseable {
    private final List<Planes> planes;
    private final ExecutorService threads;

    /** @param planes the same two, one after the other */
    Lanes(List<Planes> planes) {
        this.planes = List.copyOf(planes);
        this.threads = Executors.newFixedThreadPool(planes.size());
    }

    /** What comes of each request, in their order. */
    List<Optional<Difference>> compare(Table shown, List<WireRequest> requests) {
        List<Future<?>> lanes = new ArrayList<>();
        List<Optional<Difference>> found = new ArrayList<>(
                requests.stream().map(r -> Optional.<Difference>empty()).toList());
        for (int lane = 0; lane < planes.size(); lane++) {
            int first = lane;
            lanes.add(threads.submit(() -> {
                for (int i = first; i < requests.size(); i += planes.size()) {
                    found.set(i, planes.get(first).compare(shown, requests.get(i)));
                }
            }));
        }
        lanes.forEach(Lanes::await);
        return found;
    }

    private static void await(Future<?> lane) {
        try {
            lane.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
