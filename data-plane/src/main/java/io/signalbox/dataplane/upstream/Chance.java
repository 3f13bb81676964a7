package io.signalbox.dataplane.upstream;

import io.signalbox.routing.RandomValue;
import java.time.Instant;
import java.time.InstantSource;

/** What decides between hosts besides the config: chance and time. Both may be asked by any thread. */
public record Chance(RandomValue random, InstantSource clock) {
    long next() {
        return random.next();
    }

    /** A place in a round of so many, so that many proxies do not start in step. */
    int start(int size) {
        return (int) Long.remainderUnsigned(random.next(), size);
    }

    Instant now() {
        return clock.instant();
    }
}
