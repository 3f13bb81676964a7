package io.signalbox.controlplane.store;

import io.signalbox.controlplane.load.Assignment;
import io.signalbox.controlplane.load.ExperimentHistory;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.load.VariantHour;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes what was counted of experiments, in rows that are one control plane's alone, and reads those of all. Sums only grow, so the
 * larger one is right, whatever the order in which a statement and its repetition arrive. Any thread; {@link StoreUnavailable} when
 * the database does not answer, and then all may be written once more.
 */
public final class ExperimentCountStore implements ExperimentHistory {
    private static final String WRITE = """
            INSERT INTO experiment_hours AS h
              (experiment, run, hour, variant, assignment, replica, requests, errors, counts, answers)
            SELECT experiment, CAST(run AS timestamptz), CAST(hour AS timestamptz), variant, assignment, :replica,
              requests, errors, CAST(counts AS bigint[]), answers
            FROM unnest(:experiments, :runs, :hours, :variants, :assignments, :requests, :errors, :counts, :answers)
              AS given (experiment, run, hour, variant, assignment, requests, errors, counts, answers)
            ON CONFLICT (experiment, run, hour, variant, assignment, replica) DO UPDATE SET
              requests = greatest(h.requests, excluded.requests), errors = greatest(h.errors, excluded.errors),
              counts = CASE WHEN excluded.answers > h.answers THEN excluded.counts ELSE h.counts END,
              answers = greatest(h.answers, excluded.answers)
            """;

    private static final String COUNTS = """
            SELECT variant, assignment, requests, errors, counts FROM experiment_hours
            WHERE experiment = :experiment AND run = CAST(:run AS timestamptz) AND hour >= CAST(:since AS timestamptz)
            """;

    private static final String VISITORS = """
            SELECT h.experiment, h.variant, sum(h.requests) AS requests
            FROM unnest(:experiments, :runs) AS given (experiment, run)
              JOIN experiment_hours h ON h.experiment = given.experiment AND h.run = CAST(given.run AS timestamptz)
            WHERE h.assignment = 'new' GROUP BY h.experiment, h.variant
            """;

    private static final String REMOVE = "DELETE FROM experiment_hours WHERE hour < CAST(:before AS timestamptz)";

    private final Database database;
    private final UUID replica;

    /** @param replica a new one at each start, never the same twice */
    public ExperimentCountStore(Database database, UUID replica) {
        this.database = database;
        this.replica = replica;
    }

    public void write(Map<VariantHour, Exposures> sums) {
        List<VariantHour> keys = List.copyOf(sums.keySet());
        List<Exposures> values = List.copyOf(sums.values());
        database.call(handle -> handle.createUpdate(WRITE)
                .bind("replica", replica)
                .bind("experiments", SqlArrays.of("text", keys, VariantHour::experiment))
                .bind("runs", SqlArrays.of("text", keys, key -> key.run().toString()))
                .bind("hours", SqlArrays.of("text", keys, key -> key.hour().toString()))
                .bind("variants", SqlArrays.of("text", keys, VariantHour::variant))
                .bind(
                        "assignments",
                        SqlArrays.of("text", keys, key -> key.assignment().word()))
                .bind("requests", SqlArrays.of("bigint", values, Exposures::requests))
                .bind("errors", SqlArrays.of("bigint", values, Exposures::errors))
                .bind("counts", SqlArrays.of("text", values, value -> LatencyStore.literal(value.latencies())))
                .bind(
                        "answers",
                        SqlArrays.of(
                                "bigint", values, value -> value.latencies().answers()))
                .execute());
    }

    @Override
    public Map<Arm, Exposures> counts(String experiment, Instant run, Instant since) {
        Map<Arm, Exposures> counts = new HashMap<>();
        return database.call(handle -> handle.createQuery(COUNTS)
                .bind("experiment", experiment)
                .bind("run", run.toString())
                .bind("since", since.toString())
                .reduceResultSet(counts, (all, row, context) -> {
                    all.merge(arm(row), exposures(row), Exposures::plus);
                    return all;
                }));
    }

    private static Arm arm(ResultSet row) throws SQLException {
        String assignment = row.getString("assignment");
        return new Arm(
                row.getString("variant"),
                Assignment.find(assignment)
                        .orElseThrow(
                                () -> new IllegalStateException("the database holds an assignment " + assignment)));
    }

    private static Exposures exposures(ResultSet row) throws SQLException {
        return new Exposures(row.getLong("requests"), row.getLong("errors"), LatencyStore.latencies(row));
    }

    @Override
    public Map<String, Map<String, Long>> visitors(Map<String, Instant> runs) {
        List<String> experiments = List.copyOf(runs.keySet());
        Map<String, Map<String, Long>> visitors = new HashMap<>();
        return database.call(handle -> handle.createQuery(VISITORS)
                .bind("experiments", SqlArrays.of("text", experiments, name -> name))
                .bind("runs", SqlArrays.of("text", experiments, name -> String.valueOf(runs.get(name))))
                .reduceResultSet(visitors, (all, row, context) -> {
                    all.computeIfAbsent(row.getString("experiment"), name -> new HashMap<>())
                            .put(row.getString("variant"), row.getLong("requests"));
                    return all;
                }));
    }

    /** Removes what is no longer kept. */
    public void removeBefore(Instant before) {
        database.call(handle ->
                handle.createUpdate(REMOVE).bind("before", before.toString()).execute());
    }
}
