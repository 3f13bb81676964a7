package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that many streams share: all that happens to a stream happens on its lane, so sessions need no locks.
 * All streams of a node run on one lane.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final ExecutorService thread;
    private final SnapshotSource snapshots;
    private final AtomicBoolean wakeUpDue = new AtomicBoolean();
    private final Set<AdsStream> streams = new LinkedHashSet<>();

    Lane(int number, SnapshotSource snapshots) {
        this.snapshots = snapshots;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, "ads-" + number);
            t.setDaemon(true);
            return t;
        });
    }

    /** Any thread. After {@link #close} it does nothing. */
    void run(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.error("A stream failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Closed", e);
        }
    }

    /** Any thread; wake-ups that are not begun yet are one. */
    void wakeUp() {
        if (wakeUpDue.compareAndSet(false, true)) {
            run(() -> {
                wakeUpDue.set(false);
                // A copy, for a stream that fails takes itself out.
                List.copyOf(streams).forEach(stream -> stream.onSnapshot(snapshots.current()));
            });
        }
    }

    /** On the lane. */
    void add(AdsStream stream) {
        streams.add(stream);
    }

    /** On the lane. */
    void remove(AdsStream stream) {
        streams.remove(stream);
    }

    /** Ends all streams and the thread. */
    void close() {
        run(() -> List.copyOf(streams).forEach(AdsStream::goAway));
        thread.shutdown();
    }
}
