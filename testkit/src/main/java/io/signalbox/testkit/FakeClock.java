package io.signalbox.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. Any thread may call. */
public final class FakeClock implements InstantSource {
    private volatile Instant now;

    public FakeClock(Instant start) {
        this.now = start;
    }

    /** Starts at noon of 1 January 2026, UTC. */
    public FakeClock() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(duration + " (expected: forward)");
        }
        now = now.plus(duration);
    }

    /** To any instant, the past included: system clocks do jump. */
    public synchronized void set(Instant instant) {
        now = instant;
    }
}
