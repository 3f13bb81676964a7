package io.signalbox.controlplane.app;

import io.signalbox.controlplane.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again on a thread of its own, whatever happens to it, until it is closed. */
final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService thread;
    /** Of the thread: so that an outage is said once. */
    private boolean isDatabaseAway;

    /** @param pause from the end of one time to the start of the next */
    Ticker(String name, Duration pause, Runnable work) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread t = new Thread(task, name);
            t.setDaemon(true);
            return t;
        });
        thread.scheduleWithFixedDelay(() -> once(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void once(Runnable work) {
        try {
            work.run();
            isDatabaseAway = false;
        } catch (StoreUnavailable e) {
            if (!isDatabaseAway) {
                LOG.warn("{} waits for the database: {}", Thread.currentThread().getName(), e.getMessage());
            }
            isDatabaseAway = true;
        } catch (RuntimeException e) {
            LOG.error("{} failed, and tries again", Thread.currentThread().getName(), e);
        }
    }

    /** Lets what is under way end, for some seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
