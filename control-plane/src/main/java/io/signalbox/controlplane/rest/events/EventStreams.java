package io.signalbox.controlplane.rest.events;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.glassfish.jersey.server.ChunkedOutput;

/** The clients that listen to events; a thread for each, and not too many. */
public final class EventStreams implements AutoCloseable {
    /** How many there can be at a time. */
    public static final int MOST = 64;

    private final EventLog log;
    private final Semaphore free = new Semaphore(MOST);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "events");
        thread.setDaemon(true);
        return thread;
    });

    public EventStreams(EventLog log) {
        this.log = log;
    }

    /**
     * @param lastSeen the revision after which to start; empty for now
     * @return empty when there are too many already
     */
    public Optional<ChunkedOutput<byte[]>> open(OptionalLong lastSeen) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        ChunkedOutput<byte[]> out = new ChunkedOutput<>(byte[].class);
        EventStream stream = new EventStream(log, lastSeen, out);
        threads.execute(() -> {
            try {
                stream.run();
            } finally {
                free.release();
            }
        });
        return Optional.of(out);
    }

    /** Ends all of them. */
    @Override
    public void close() {
        log.close();
        threads.shutdownNow();
    }
}
