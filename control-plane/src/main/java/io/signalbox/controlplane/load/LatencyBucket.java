package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all proxies measured in some seconds, or in a minute when it is long ago.
 *
 * @param pools only those that answered
 */
public record LatencyBucket(Instant start, Duration length, SortedMap<String, Latencies> pools) {
    public LatencyBucket {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    }

    public Instant end() {
        return start.plus(length);
    }

    public Latencies of(String pool) {
        return pools.getOrDefault(pool, Latencies.NONE);
    }
}
