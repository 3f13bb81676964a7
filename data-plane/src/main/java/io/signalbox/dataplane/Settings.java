package io.signalbox.dataplane;

import io.signalbox.routing.RandomValue;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a bootstrap does not say.
 *
 * @param workers number of event loops
 * @param random for routing, load balancing, request ids and back-off; called from many threads
 * @param drainTime how long connections of a changed or removed listener may live. Envoy: {@code --drain-time-s}
 * @param closeTime how long requests in flight have when the data plane closes
 * @param listenerPortOffset is added to the port of every listener
 */
record Settings(
        int workers, RandomValue random, Clock clock, Duration drainTime, Duration closeTime, int listenerPortOffset) {
    static final Settings DEFAULT = new Settings(
            Runtime.getRuntime().availableProcessors(),
            () -> ThreadLocalRandom.current().nextLong(),
            Clock.systemUTC(),
            Duration.ofSeconds(600),
            Duration.ofSeconds(5),
            0);

    Settings withListenerPortOffset(int offset) {
        return new Settings(workers, random, clock, drainTime, closeTime, offset);
    }
}
