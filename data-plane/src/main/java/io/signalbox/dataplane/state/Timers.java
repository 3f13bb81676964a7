package io.signalbox.dataplane.state;

import java.time.Duration;

/** Runs tasks later, on the thread that owns the config. */
public interface Timers {
    void schedule(Duration delay, Runnable task);
}
