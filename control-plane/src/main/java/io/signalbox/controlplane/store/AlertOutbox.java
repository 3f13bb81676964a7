package io.signalbox.controlplane.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Alerts on their way to webhooks. Of several replicas one finds each alert and one at a time sends it: whoever claims it
 * has it until a stated time, and the next one has it then, if it is still there. Any thread; {@link StoreUnavailable} when
 * the database does not answer.
 */
public final class AlertOutbox {
    private static final String BEGIN = """
            INSERT INTO alert_webhooks (name, revision) SELECT :webhook, revision FROM head ON CONFLICT (name) DO NOTHING
            """;

    private static final String SEARCHED = "SELECT revision FROM alert_webhooks WHERE name = :webhook";

    private static final String ADVANCE = """
            WITH moved AS (
              UPDATE alert_webhooks SET revision = :to WHERE name = :webhook AND revision = :from RETURNING name
            )
            INSERT INTO alert_deliveries (webhook, revision, body, at, next_attempt_at)
            SELECT m.name, a.revision, a.body, CAST(a.at AS timestamptz), CAST(a.at AS timestamptz)
            FROM moved m CROSS JOIN unnest(:revisions, :bodies, :ats) AS a (revision, body, at)
            """;

    /** Those that were never tried go first: one that is refused again and again holds up no other. */
    private static final String CLAIM = """
            UPDATE alert_deliveries SET attempts = attempts + 1, next_attempt_at = CAST(:until AS timestamptz)
            WHERE id = (
              SELECT id FROM alert_deliveries WHERE webhook = :webhook AND next_attempt_at <= CAST(:now AS timestamptz)
              ORDER BY attempts, revision LIMIT 1 FOR UPDATE SKIP LOCKED
            )
            RETURNING id, revision, body, at, attempts
            """;

    private static final String PUT_OFF = """
            UPDATE alert_deliveries SET next_attempt_at = CAST(:next AS timestamptz)
            WHERE id = :id AND attempts = :attempts
            """;

    private static final String REMOVE = "DELETE FROM alert_deliveries WHERE id = :id";

    private static final String REMOVE_OLD = "DELETE FROM alert_deliveries WHERE at <= CAST(:before AS timestamptz)";

    private final Database database;

    public AlertOutbox(Database database) {
        this.database = database;
    }

    /** An alert that was found. */
    public record NewAlert(long revision, String body, Instant at) {}

    /**
     * Makes a webhook known that is not yet: it begins behind the newest revision.
     *
     * @return the revision up to which the history has been searched for it
     */
    public long begin(String webhook) {
        return database.call(handle -> {
            handle.createUpdate(BEGIN).bind("webhook", webhook).execute();
            return handle.createQuery(SEARCHED)
                    .bind("webhook", webhook)
                    .mapTo(Long.class)
                    .one();
        });
    }

    /** Writes down what was found behind one revision up to another; nothing when somebody else has done so. */
    public void advance(String webhook, long from, long to, List<NewAlert> found) {
        database.call(handle -> handle.createUpdate(ADVANCE)
                .bind("webhook", webhook)
                .bind("from", from)
                .bind("to", to)
                .bind("revisions", SqlArrays.of("bigint", found, NewAlert::revision))
                .bind("bodies", SqlArrays.of("text", found, NewAlert::body))
                .bind("ats", SqlArrays.of("text", found, alert -> alert.at().toString()))
                .execute());
    }

    /**
     * The next alert for a webhook that is due and that nobody has.
     *
     * @param until when others may take it, should it be there then
     */
    public Optional<StoredAlert> claim(String webhook, Instant now, Instant until) {
        return database.call(handle -> handle.createQuery(CLAIM)
                .bind("webhook", webhook)
                .bind("now", now.toString())
                .bind("until", until.toString())
                .map((row, context) -> alert(row))
                .findOne());
    }

    /** Ends a claim; does nothing when it has run out and somebody else has the alert. */
    public void putOff(StoredAlert alert, Instant next) {
        database.call(handle -> handle.createUpdate(PUT_OFF)
                .bind("id", alert.id())
                .bind("attempts", alert.attempts())
                .bind("next", next.toString())
                .execute());
    }

    /** Of this one there is nothing left to do. */
    public void remove(StoredAlert alert) {
        database.call(
                handle -> handle.createUpdate(REMOVE).bind("id", alert.id()).execute());
    }

    /**
     * Those of all webhooks, also of such as are configured no more.
     *
     * @return how many there were
     */
    public int removeOld(Instant before) {
        return database.call(handle -> handle.createUpdate(REMOVE_OLD)
                .bind("before", before.toString())
                .execute());
    }

    private static StoredAlert alert(ResultSet row) throws SQLException {
        return new StoredAlert(
                row.getObject("id", UUID.class),
                row.getLong("revision"),
                row.getString("body"),
                ConfigStore.instant(row, "at"),
                row.getInt("attempts"));
    }
}
