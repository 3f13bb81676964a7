package io.signalbox.dataplane.xds;

import io.signalbox.routing.RandomValue;
import java.time.Duration;

/** Exponential, fully jittered, 500 ms to 30 s: Envoy's for xDS streams. */
final class Backoff {
    private static final long BASE_MILLIS = 500;
    private static final long MAX_MILLIS = 30_000;

    private final RandomValue random;
    private long ceilingMillis = BASE_MILLIS;

    Backoff(RandomValue random) {
        this.random = random;
    }

    /** From none up to the ceiling, which doubles. */
    Duration next() {
        long delay = Long.remainderUnsigned(random.next(), ceilingMillis);
        ceilingMillis = Math.min(MAX_MILLIS, ceilingMillis * 2);
        return Duration.ofMillis(delay);
    }

    void reset() {
        ceilingMillis = BASE_MILLIS;
    }
}
