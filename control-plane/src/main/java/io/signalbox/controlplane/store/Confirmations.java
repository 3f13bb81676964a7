package io.signalbox.controlplane.store;

import io.signalbox.controlplane.store.Confirmation.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Revisions that wait to be confirmed. A row is made by the statement that commits its revision, and closed by the one
 * that commits the revert. In between a replica claims it, which ends the time to confirm and survives the replica: who
 * finds a claim finishes it. Any thread; {@link StoreUnavailable} when the database does not answer.
 */
public final class Confirmations {
    private static final String FIND = "SELECT * FROM confirmations WHERE revision = :n";

    private static final String PENDING_OR_AFTER = """
            SELECT * FROM confirmations WHERE state IN ('pending', 'reverting') OR revision > :n ORDER BY revision
            """;

    private static final String CONFIRM = """
            UPDATE confirmations SET state = 'confirmed', confirmed_by = :author
            WHERE revision = :n AND state = 'pending' AND deadline > CAST(:now AS timestamptz)
            """;

    private static final String CLAIM = """
            UPDATE confirmations SET state = 'reverting'
            WHERE state IN ('pending', 'reverting') AND deadline <= CAST(:now AS timestamptz) RETURNING revision
            """;

    private static final String FAIL =
            "UPDATE confirmations SET state = 'failed', message = :message WHERE revision = :n AND state = 'reverting'";

    private final Database database;

    public Confirmations(Database database) {
        this.database = database;
    }

    /** @return empty for a revision that does not wait and never did */
    public Optional<Confirmation> find(long n) {
        return database.call(handle -> handle.createQuery(FIND)
                .bind("n", n)
                .map((row, context) -> confirmation(row))
                .findOne());
    }

    /** Those that are pending, and all of the revisions after {@code n}; oldest first. */
    public List<Confirmation> pendingOrAfter(long n) {
        return database.call(handle -> handle.createQuery(PENDING_OR_AFTER)
                .bind("n", n)
                .map((row, context) -> confirmation(row))
                .list());
    }

    /**
     * Confirms it if that is still possible.
     *
     * @return what it is now: {@link State#CONFIRMED} also when somebody did so before
     */
    public Optional<Confirmation> confirm(long n, String author, Instant now) {
        database.call(handle -> handle.createUpdate(CONFIRM)
                .bind("n", n)
                .bind("author", author)
                .bind("now", now.toString())
                .execute());
        return find(n);
    }

    /** Those whose time is over and that nobody can confirm from now on, also if another replica claimed them before. */
    public List<Long> claimOverdue(Instant now) {
        return database.call(handle -> handle.createQuery(CLAIM)
                .bind("now", now.toString())
                .mapTo(Long.class)
                .list());
    }

    /** Gives up a claim; does nothing when the revert was committed meanwhile. */
    public void fail(long n, String message) {
        database.call(handle ->
                handle.createUpdate(FAIL).bind("n", n).bind("message", message).execute());
    }

    private static Confirmation confirmation(ResultSet row) throws SQLException {
        String state = row.getString("state");
        long revertedBy = row.getLong("reverted_by");
        boolean isReverted = !row.wasNull();
        return new Confirmation(
                row.getLong("revision"),
                ConfigStore.instant(row, "deadline"),
                state.equals("reverting") ? State.PENDING : State.valueOf(state.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("confirmed_by")),
                isReverted ? OptionalLong.of(revertedBy) : OptionalLong.empty(),
                Optional.ofNullable(row.getString("message")));
    }
}
