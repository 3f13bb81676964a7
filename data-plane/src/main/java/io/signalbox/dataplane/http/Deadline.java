package io.signalbox.dataplane.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long all tries of a request may take together, counted from its end. Confined to one event loop. */
final class Deadline {
    private final Duration timeout;
    private @Nullable ScheduledFuture<?> timer;
    private long startNanos;

    /** @param timeout zero for no limit */
    Deadline(Duration timeout) {
        this.timeout = timeout;
    }

    void start(EventExecutor executor, Runnable whenOver) {
        if (!timeout.isZero() && timer == null) {
            startNanos = System.nanoTime();
            timer = executor.schedule(whenOver, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Zero where there is no limit; else more than that. */
    Duration left() {
        if (timer == null) {
            return timeout;
        }
        Duration left = timeout.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
