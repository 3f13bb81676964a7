package io.signalbox.controlplane.store;

import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.load.PoolSecond;
import io.signalbox.controlplane.load.Reporter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;

/**
 * Writes sums of load reports, in rows that are one control plane's alone. Sums only grow, so the larger one is right,
 * whatever the order in which a statement and its repetition arrive. Any thread; {@link StoreUnavailable} when the database
 * does not answer, and then all may be written once more.
 */
public final class LoadWrite {
    private static final String SECONDS = """
            WITH seconds AS (
              INSERT INTO load_seconds AS s (pool, start, replica, requests, errors)
              SELECT pool, to_timestamp(start), :replica, requests, errors
              FROM unnest(:pools, :starts, :requests, :errors) AS given (pool, start, requests, errors)
              ON CONFLICT (pool, start, replica) DO UPDATE SET
                requests = greatest(s.requests, excluded.requests), errors = greatest(s.errors, excluded.errors)
            )
            INSERT INTO load_reporters AS r (node, last_report)
            SELECT node, CAST(last_report AS timestamptz)
            FROM unnest(:nodes, :lastReports) AS given (node, last_report) ORDER BY node
            ON CONFLICT (node) DO UPDATE SET last_report = excluded.last_report
              WHERE excluded.last_report > r.last_report
            """;

    private static final String MINUTES = """
            INSERT INTO load_minutes AS m (pool, start, node, replica, requests, errors, in_progress)
            SELECT pool, to_timestamp(start), node, :replica, requests, errors, in_progress
            FROM unnest(:pools, :starts, :nodes, :requests, :errors, :inProgress)
              AS given (pool, start, node, requests, errors, in_progress)
            ON CONFLICT (pool, start, node, replica) DO UPDATE SET
              requests = greatest(m.requests, excluded.requests), errors = greatest(m.errors, excluded.errors),
              in_progress = greatest(m.in_progress, excluded.in_progress)
            """;

    private final Database database;
    private final UUID replica;

    /** @param replica a new one at each start, never the same twice */
    public LoadWrite(Database database, UUID replica) {
        this.database = database;
        this.replica = replica;
    }

    public void seconds(Map<PoolSecond, Counts> seconds, List<Reporter> reporters) {
        List<PoolSecond> keys = List.copyOf(seconds.keySet());
        database.call(handle -> handle.createUpdate(SECONDS)
                .bind("replica", replica)
                .bind("pools", SqlArrays.of("text", keys, PoolSecond::pool))
                .bind("starts", starts(keys.stream().map(PoolSecond::start).toList()))
                .bind("requests", requests(seconds.values()))
                .bind("errors", errors(seconds.values()))
                .bind("nodes", SqlArrays.of("text", reporters, Reporter::node))
                .bind(
                        "lastReports",
                        SqlArrays.of(
                                "text",
                                reporters,
                                reporter -> reporter.lastReport().toString()))
                .execute());
    }

    public void minutes(Map<NodeMinute, NodeMinute.Load> minutes) {
        List<NodeMinute> keys = List.copyOf(minutes.keySet());
        List<NodeMinute.Load> loads = List.copyOf(minutes.values());
        List<Counts> counts = loads.stream().map(NodeMinute.Load::counts).toList();
        database.call(handle -> handle.createUpdate(MINUTES)
                .bind("replica", replica)
                .bind("pools", SqlArrays.of("text", keys, NodeMinute::pool))
                .bind("starts", starts(keys.stream().map(NodeMinute::start).toList()))
                .bind("nodes", SqlArrays.of("text", keys, NodeMinute::node))
                .bind("requests", requests(counts))
                .bind("errors", errors(counts))
                .bind("inProgress", SqlArrays.of("bigint", loads, NodeMinute.Load::inProgress))
                .execute());
    }

    private static Argument starts(List<Instant> starts) {
        return SqlArrays.of("bigint", starts, Instant::getEpochSecond);
    }

    private static Argument requests(Collection<Counts> counts) {
        return SqlArrays.of("bigint", List.copyOf(counts), Counts::requests);
    }

    private static Argument errors(Collection<Counts> counts) {
        return SqlArrays.of("bigint", List.copyOf(counts), Counts::errors);
    }
}
