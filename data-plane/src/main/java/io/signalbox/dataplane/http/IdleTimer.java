package io.signalbox.dataplane.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices that nothing has moved for some time. Confined to one event loop. */
public final class IdleTimer {
    private final EventExecutor executor;
    private final long limitNanos;
    private final Runnable whenIdle;
    private long lastNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> timer;

    private IdleTimer(EventExecutor executor, Duration limit, Runnable whenIdle) {
        this.executor = executor;
        this.limitNanos = limit.toNanos();
        this.whenIdle = whenIdle;
    }

    /** @param limit zero for never */
    public static IdleTimer start(EventExecutor executor, Duration limit, Runnable whenIdle) {
        IdleTimer timer = new IdleTimer(executor, limit, whenIdle);
        if (timer.limitNanos > 0) {
            timer.schedule(timer.limitNanos);
        }
        return timer;
    }

    /** Something has moved. */
    public void touch() {
        lastNanos = System.nanoTime();
    }

    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long nanos) {
        timer = executor.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long idle = System.nanoTime() - lastNanos;
        if (idle < limitNanos) {
            schedule(limitNanos - idle);
        } else {
            whenIdle.run();
        }
    }
}
