package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One report of one proxy.
 *
 * @param arrival by our clock, as the proxy's may be wrong
 * @param pools those that had something to tell
 */
public record LoadReport(String node, Instant arrival, List<OfPool> pools) {
    /** What no proxy of ours is silent for, as long as it is connected; a longer time counts as this. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    public LoadReport {
        pools = List.copyOf(pools);
    }

    /**
     * @param covered the time up to the arrival in which it was counted; brought to 1 ms at least, 1 minute at most
     * @param inProgress at the end of that time
     */
    public record OfPool(String pool, Duration covered, Counts counts, long inProgress) {
        public OfPool {
            covered = bounded(covered);
        }
    }

    static Duration bounded(Duration covered) {
        Duration atLeast = covered.compareTo(SHORTEST) < 0 ? SHORTEST : covered;
        return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
    }
}
