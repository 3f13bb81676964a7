package io.signalbox.controlplane.store;

import io.signalbox.controlplane.load.Bucket;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.LoadHistory;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.load.Reporter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@link LoadWrite} wrote. Any thread; {@link StoreUnavailable} when the database does not answer. */
public final class LoadStore implements LoadHistory {
    /** Whole minutes up to the horizon, seconds from there on: nothing is counted twice, and nothing left out. */
    private static final String BUCKETS = """
            SELECT start, 60 AS length, pool, sum(requests) AS requests, sum(errors) AS errors
            FROM load_minutes
            WHERE pool = ANY(:pools) AND start >= :since AND start < :horizon AND requests > 0
            GROUP BY start, pool
            UNION ALL
            SELECT start, 1, pool, sum(requests), sum(errors)
            FROM load_seconds
            WHERE pool = ANY(:pools) AND start >= greatest(:since, :horizon)
            GROUP BY start, pool
            ORDER BY start, pool
            """;

    /** The minutes after the last of the page before, as many as a page has, and what each proxy counted in them. */
    private static final String MINUTES = """
            SELECT start, node, sum(requests) AS requests, sum(errors) AS errors, max(in_progress) AS in_progress
            FROM load_minutes
            WHERE pool = :pool AND start IN (
              SELECT DISTINCT start FROM load_minutes WHERE pool = :pool AND start >= :since
              ORDER BY start LIMIT :limit)
            GROUP BY start, node
            ORDER BY start, node
            """;

    private static final String REPORTERS = "SELECT node, last_report FROM load_reporters ORDER BY node";

    /** How long seconds are kept, at least: longer than a step of a canary usually takes. */
    private static final Duration SECONDS_KEPT = Duration.ofMinutes(20);

    private static final String REMOVE = """
            WITH seconds AS (DELETE FROM load_seconds WHERE start < :secondsBefore),
              minutes AS (DELETE FROM load_minutes WHERE start < :before)
            DELETE FROM load_reporters WHERE last_report < :before
            """;

    private final Database database;
    private final InstantSource clock;

    public LoadStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<Bucket> buckets(Set<String> pools, Instant since) {
        return database.call(handle -> handle.createQuery(BUCKETS)
                .bind("pools", SqlArrays.of("text", List.copyOf(pools), pool -> pool))
                .bind("since", utc(since))
                .bind("horizon", utc(horizon()))
                .scanResultSet((supplier, context) -> buckets(supplier.get())));
    }

    private Instant horizon() {
        return clock.instant().minus(SECONDS_KEPT).truncatedTo(ChronoUnit.MINUTES);
    }

    private static List<Bucket> buckets(ResultSet rows) throws SQLException {
        List<Bucket> buckets = new ArrayList<>();
        SortedMap<String, Counts> pools = new TreeMap<>();
        Instant start = Instant.MIN;
        Duration length = Duration.ZERO;
        while (rows.next()) {
            Instant next = ConfigStore.instant(rows, "start");
            if (!next.equals(start)) {
                add(buckets, start, length, pools);
                pools.clear();
                start = next;
                length = Duration.ofSeconds(rows.getLong("length"));
            }
            pools.put(rows.getString("pool"), counts(rows));
        }
        add(buckets, start, length, pools);
        return buckets;
    }

    private static void add(List<Bucket> to, Instant start, Duration length, SortedMap<String, Counts> pools) {
        if (!pools.isEmpty()) {
            to.add(new Bucket(start, length, pools));
        }
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(row.getLong("requests"), row.getLong("errors"));
    }

    @Override
    public List<Reporter> reporters() {
        return database.call(handle -> handle.createQuery(REPORTERS)
                .map((row, context) -> new Reporter(row.getString("node"), ConfigStore.instant(row, "last_report")))
                .list());
    }

    /**
     * What each proxy counted of a pool, minute by minute.
     *
     * @param limit how many minutes at most; each with all its proxies
     * @return by minutes, then by nodes, in order
     */
    public SortedMap<Instant, SortedMap<String, NodeMinute.Load>> minutes(String pool, Instant since, int limit) {
        SortedMap<Instant, SortedMap<String, NodeMinute.Load>> minutes = new TreeMap<>();
        return database.call(handle -> handle.createQuery(MINUTES)
                .bind("pool", pool)
                .bind("since", utc(since))
                .bind("limit", limit)
                .reduceResultSet(minutes, (all, row, context) -> {
                    all.computeIfAbsent(ConfigStore.instant(row, "start"), start -> new TreeMap<>())
                            .put(row.getString("node"), new NodeMinute.Load(counts(row), row.getLong("in_progress")));
                    return all;
                }));
    }

    /** Removes what is no longer kept. */
    public void removeBefore(Instant before) {
        database.call(handle -> handle.createUpdate(REMOVE)
                .bind("secondsBefore", utc(horizon().minus(1, ChronoUnit.MINUTES)))
                .bind("before", utc(before))
                .execute());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
