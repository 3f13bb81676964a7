package io.signalbox.cli.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a plane again and again until a change is served, and notes when. It is started before the change is written, so
 * that it misses nothing. Its resolution is one request and half a millisecond.
 */
final class Probe {
    private static final Duration PAUSE = Duration.ofNanos(500_000);
    private static final Duration GIVE_UP = Duration.ofSeconds(20);

    private Probe() {}

    /** Whether what a plane serves is the change; an {@link IOException} means: not yet. */
    interface Question {
        boolean served(EdgeClient client) throws IOException;
    }

    /** The {@link System#nanoTime()} at which the change was first served, or empty when it was not for 20 seconds. */
    static CompletableFuture<Optional<Long>> start(Plane plane, Question question) {
        return CompletableFuture.supplyAsync(() -> ask(plane, question), runnable -> {
            Thread thread = new Thread(runnable, "probe " + plane.title());
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static Optional<Long> ask(Plane plane, Question question) {
        long end = System.nanoTime() + GIVE_UP.toNanos();
        try (EdgeClient client = new EdgeClient(plane)) {
            while (System.nanoTime() < end) {
                try {
                    if (question.served(client)) {
                        return Optional.of(System.nanoTime());
                    }
                } catch (IOException e) {
                    // Not served yet; how long that takes is what is measured.
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return Optional.empty();
    }
}
