package io.signalbox.dataplane.config;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Tokens that come back evenly in the course of time, as many as the bucket holds. It begins full. Any thread may call. Envoy:
 * {@code TokenBucket}.
 */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private record Level(double tokens, long atNanos) {}

    private final double most;
    private final double perNano;
    private final LongSupplier nanos;
    private final AtomicReference<Level> level;

    /**
     * @param most how many it holds
     * @param fill how many come back in {@code intervalNanos}
     * @param nanos the time, as {@link System#nanoTime()}
     */
    public TokenBucket(long most, long fill, long intervalNanos, LongSupplier nanos) {
        this.most = most;
        this.perNano = (double) fill / intervalNanos;
        this.nanos = nanos;
        this.level = new AtomicReference<>(new Level(most, nanos.getAsLong()));
    }

    /** Takes one away if there is one. */
    public boolean take() {
        while (true) {
            Level before = level();
            Level now = now(before);
            if (now.tokens < 1) {
                return false;
            }
            if (level.compareAndSet(before, new Level(now.tokens - 1, now.atNanos))) {
                return true;
            }
        }
    }

    private Level level() {
        return Objects.requireNonNull(level.get());
    }

    private Level now(Level before) {
        long time = nanos.getAsLong();
        long passed = Math.max(0, time - before.atNanos);
        return new Level(Math.min(most, before.tokens + passed * perNano), before.atNanos + passed);
    }

    public long most() {
        return (long) most;
    }

    public long remaining() {
        return (long) now(level()).tokens;
    }

    /** Until there is one; 0 if there is. */
    public long secondsToNext() {
        double missing = 1 - now(level()).tokens;
        return missing <= 0 ? 0 : (long) Math.ceil(missing / perNano / NANOS_PER_SECOND);
    }
}
