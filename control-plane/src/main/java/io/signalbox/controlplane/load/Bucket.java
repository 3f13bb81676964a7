package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all proxies counted in a second, or in a minute when it is long ago.
 *
 * @param pools only those that had requests
 */
public record Bucket(Instant start, Duration length, SortedMap<String, Counts> pools) {
    public Bucket {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    }

    public Counts of(String pool) {
        return pools.getOrDefault(pool, Counts.ZERO);
    }
}
