package io.signalbox.controlplane.load;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all proxies reported to all control planes. Any thread. Each call asks the database.
 *
 * <p>Buckets may still grow: those of the last seconds as a matter of course, earlier ones when a report is late or the
 * database was away. So whoever sums up asks from the start again, and does not keep sums.
 */
public interface LoadHistory {
    /**
     * Whole buckets that start at {@code since} or later, in order, up to now; the last one is still growing. Times without
     * requests have none. Buckets are seconds; those of more than 20 minutes ago are minutes, so of a longer time what came
     * before its first whole minute drops out.
     *
     * @param pools which ones; those that nothing is known of are not in any bucket
     */
    List<Bucket> buckets(Set<String> pools, Instant since);

    /** The sums of {@link #buckets}; zero for pools that nothing is known of. */
    default Map<String, Counts> since(Set<String> pools, Instant since) {
        Map<String, Counts> sums = new HashMap<>();
        pools.forEach(pool -> sums.put(pool, Counts.ZERO));
        buckets(pools, since)
                .forEach(bucket -> bucket.pools().forEach((pool, counts) -> sums.merge(pool, counts, Counts::plus)));
        return sums;
    }

    /** The proxies that reported to any control plane, in the order of their ids, for as long as counts are kept. */
    List<Reporter> reporters();
}
