package io.signalbox.controlplane.store;

import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatencyBucket;
import io.signalbox.controlplane.load.LatencyHistory;
import io.signalbox.controlplane.load.LatencySpan;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes sums of latencies, in rows that are one control plane's alone, and reads those of all. Sums only grow, so of two writes that
 * with more answers is right, whatever the order in which a statement and its repetition arrive. Any thread;
 * {@link StoreUnavailable} when the database does not answer, and then all may be written once more.
 */
public final class LatencyStore implements LatencyHistory {
    private static final String WRITE = """
            WITH sums AS (
              INSERT INTO latencies AS l (pool, length, start, replica, answers, counts)
              SELECT pool, length, to_timestamp(start), :replica, answers, CAST(counts AS bigint[])
              FROM unnest(:pools, :lengths, :starts, :answers, :counts) AS given (pool, length, start, answers, counts)
              ON CONFLICT (pool, length, start, replica) DO UPDATE SET
                answers = excluded.answers, counts = excluded.counts
                WHERE excluded.answers > l.answers
            )
            INSERT INTO latency_reporters AS r (node, last_report)
            SELECT node, CAST(last_report AS timestamptz)
            FROM unnest(:nodes, :lastReports) AS given (node, last_report) ORDER BY node
            ON CONFLICT (node) DO UPDATE SET last_report = excluded.last_report
              WHERE excluded.last_report > r.last_report
            """;

    /** Whole minutes up to the horizon, what is shorter from there on: nothing twice, and nothing left out. */
    private static final String READ = """
            SELECT start, length, pool, counts FROM latencies
            WHERE pool = ANY(:pools) AND (
              length = 60 AND start >= :since AND start < least(:until, :horizon)
              OR length = 5 AND start >= greatest(:since, :horizon) AND start < :until)
            ORDER BY start
            """;

    private static final String REPORTERS = "SELECT node, last_report FROM latency_reporters ORDER BY node";

    /** How long what is shorter than a minute is kept, at least: longer than a step of a canary usually takes. */
    private static final Duration SHORT_KEPT = Duration.ofMinutes(20);

    private static final String REMOVE = """
            WITH short AS (DELETE FROM latencies WHERE length = 5 AND start < :shortBefore),
              minutes AS (DELETE FROM latencies WHERE length = 60 AND start < :before)
            DELETE FROM latency_reporters WHERE last_report < :before
            """;

    private static final Instant ALWAYS = Instant.parse("9999-12-31T00:00:00Z");

    private final Database database;
    private final UUID replica;
    private final InstantSource clock;

    /** @param replica a new one at each start, never the same twice */
    public LatencyStore(Database database, UUID replica, InstantSource clock) {
        this.database = database;
        this.replica = replica;
        this.clock = clock;
    }

    public void write(Map<LatencySpan, Latencies> sums, List<Reporter> reporters) {
        List<LatencySpan> keys = List.copyOf(sums.keySet());
        List<Latencies> values = List.copyOf(sums.values());
        database.call(handle -> handle.createUpdate(WRITE)
                .bind("replica", replica)
                .bind("pools", SqlArrays.of("text", keys, LatencySpan::pool))
                .bind("lengths", SqlArrays.of("smallint", keys, span ->
                        (short) span.length().toSeconds()))
                .bind(
                        "starts",
                        SqlArrays.of("bigint", keys, span -> span.start().getEpochSecond()))
                .bind("answers", SqlArrays.of("bigint", values, Latencies::answers))
                .bind("counts", SqlArrays.of("text", values, LatencyStore::literal))
                .bind("nodes", SqlArrays.of("text", reporters, Reporter::node))
                .bind(
                        "lastReports",
                        SqlArrays.of(
                                "text",
                                reporters,
                                reporter -> reporter.lastReport().toString()))
                .execute());
    }

    static String literal(Latencies latencies) {
        return latencies.bars().toString().replace('[', '{').replace(']', '}');
    }

    @Override
    public List<LatencyBucket> latencies(Set<String> pools, Instant since) {
        return read(pools, since, ALWAYS, horizon());
    }

    /** Minute by minute, from a minute up to another one and with it; those without answers are left out. */
    public SortedMap<Instant, Latencies> minutes(String pool, Instant first, Instant last) {
        SortedMap<Instant, Latencies> minutes = new TreeMap<>();
        read(Set.of(pool), first, last.plusMillis(1), ALWAYS)
                .forEach(bucket -> minutes.put(bucket.start(), bucket.of(pool)));
        return minutes;
    }

    private List<LatencyBucket> read(Set<String> pools, Instant since, Instant until, Instant horizon) {
        return database.call(handle -> handle.createQuery(READ)
                .bind("pools", SqlArrays.of("text", List.copyOf(pools), pool -> pool))
                .bind("since", utc(since))
                .bind("until", utc(until))
                .bind("horizon", utc(horizon))
                .scanResultSet((supplier, context) -> buckets(supplier.get())));
    }

    private Instant horizon() {
        return clock.instant().minus(SHORT_KEPT).truncatedTo(ChronoUnit.MINUTES);
    }

    private static List<LatencyBucket> buckets(ResultSet rows) throws SQLException {
        List<LatencyBucket> buckets = new ArrayList<>();
        while (rows.next()) {
            SortedMap<String, Latencies> pools = new TreeMap<>();
            Instant start = ConfigStore.instant(rows, "start");
            int last = buckets.size() - 1;
            if (last >= 0 && buckets.get(last).start().equals(start)) {
                pools.putAll(buckets.remove(last).pools());
            }
            pools.merge(rows.getString("pool"), latencies(rows), Latencies::plus);
            buckets.add(new LatencyBucket(start, Duration.ofSeconds(rows.getLong("length")), pools));
        }
        return buckets;
    }

    static Latencies latencies(ResultSet row) throws SQLException {
        return new Latencies(Arrays.asList((Long[]) row.getArray("counts").getArray()));
    }

    @Override
    public List<Reporter> latencyReporters() {
        return database.call(handle -> handle.createQuery(REPORTERS)
                .map((row, context) -> new Reporter(row.getString("node"), ConfigStore.instant(row, "last_report")))
                .list());
    }

    /** Removes what is no longer kept. */
    public void removeBefore(Instant before) {
        database.call(handle -> handle.createUpdate(REMOVE)
                .bind("shortBefore", utc(horizon().minus(1, ChronoUnit.MINUTES)))
                .bind("before", utc(before))
                .execute());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
