package io.signalbox.controlplane.load;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** How long answers took, as all proxies told all control planes. Any thread. Each call asks the database. */
public interface LatencyHistory {
    /**
     * Whole buckets that start at {@code since} or later, in order, up to now; the last ones are still growing. Buckets are of 5
     * seconds, those of more than 20 minutes ago of minutes.
     */
    List<LatencyBucket> latencies(Set<String> pools, Instant since);

    /** The proxies that tell latencies, or did, in the order of their ids. */
    List<Reporter> latencyReporters();
}
