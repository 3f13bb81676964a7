package io.signalbox.dataplane;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.signalbox.dataplane.state.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the config. A task that throws is logged; the thread goes on. */
final class ConfigThread implements Executor, Timers {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigThread.class);

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("config"));

    ConfigThread() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler((task, shutDown) -> LOG.debug("closed: a task is dropped"));
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        var unused = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void shutDown() {
        executor.shutdown();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("config task failed", e);
            }
        };
    }
}
