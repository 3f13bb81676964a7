package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Commits one revision: rows, history, the revision itself and the notification in <em>one statement</em> that is a
 * transaction of its own. The statement begins with the compare-and-set on the head row, which all the rest hangs on; as
 * its end is the commit, the head row is never locked for as long as a round trip takes, nor by a client that stalls.
 *
 * <p>When the link breaks, the same statement is sent again: whether the first one was done or not, at most one of them
 * finds the revision it expects, and {@code write_id} tells whose the revision is that took its place.
 */
final class RevisionWrite {
    /** How long to go on asking after a link broke; then the author is told that the outcome is unknown. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 320;

    private static final String COMMIT = """
            WITH taken AS (
              UPDATE head SET revision = revision + 1 WHERE revision = :expected RETURNING revision
            ), change AS (
              SELECT taken.revision, c.kind, c.name,
                CAST(c.labels AS jsonb) AS labels, CAST(c.spec AS jsonb) AS spec, c.sealed
              FROM taken CROSS JOIN unnest(:kinds, :names, :labels, :specs, :sealed)
                AS c (kind, name, labels, spec, sealed)
            ), revision_row AS (
              INSERT INTO revisions (n, write_id, author, reason, at)
              SELECT revision, :writeId, :author, :reason, :at FROM taken
            ), history_rows AS (
              INSERT INTO history (revision, kind, name,
                before_labels, before_spec, before_sealed, after_labels, after_spec, after_sealed)
              SELECT c.revision, c.kind, c.name, r.labels, r.spec, r.sealed, c.labels, c.spec, c.sealed
              FROM change c LEFT JOIN resources r ON r.kind = c.kind AND r.name = c.name
            ), put_rows AS (
              INSERT INTO resources (kind, name, labels, spec, sealed,
                created_revision, revision, created_at, updated_at)
              SELECT kind, name, labels, spec, sealed, revision, revision, :at, :at
              FROM change WHERE spec IS NOT NULL
              ON CONFLICT (kind, name) DO UPDATE SET labels = excluded.labels, spec = excluded.spec,
                sealed = excluded.sealed, revision = excluded.revision, updated_at = excluded.updated_at
            ), deleted_rows AS (
              DELETE FROM resources r USING change c
              WHERE c.spec IS NULL AND r.kind = c.kind AND r.name = c.name
            )
            SELECT 1 FROM taken, pg_notify('%s', CAST(taken.revision AS text))
            """.formatted(RevisionFollower.CHANNEL);

    private static final String WHOSE = "SELECT 1 FROM revisions WHERE n = :n AND write_id = :writeId";

    private final Database database;
    private final UUID writeId;
    private final long expected;
    private final Revision revision;
    private final List<ResourceKey> keys;
    private final @Nullable StoredRow[] rows;

    /**
     * @param after the config at {@code revision}, the one after {@code expected}
     * @param changed what of it differs from the revision before; resources not in {@code after} are deleted
     */
    RevisionWrite(
            Database database,
            PrivateKeys privateKeys,
            UUID writeId,
            Revision revision,
            Config after,
            SortedSet<ResourceKey> changed) {
        this.database = database;
        this.writeId = writeId;
        this.expected = revision.n() - 1;
        this.revision = revision;
        this.keys = List.copyOf(changed);
        this.rows = new @Nullable StoredRow[keys.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(after, keys.get(i), privateKeys);
        }
    }

    private static @Nullable StoredRow row(Config after, ResourceKey key, PrivateKeys privateKeys) {
        Optional<Resource<?>> found = after.find(key);
        if (found.isEmpty()) {
            return null;
        }
        Spec spec = found.get().spec();
        return StoredRow.of(key, found.get().labels(), spec, privateKeys);
    }

    /** @return false when the head is not at the expected revision, as another replica was faster; nothing is written */
    boolean commit() {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        boolean linkBroke = false;
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                return database.write(this::execute) || (linkBroke && database.call(this::isDone));
            } catch (StoreUnavailable e) {
                linkBroke |= e.outcomeUnknown();
                if (!linkBroke) {
                    throw e;
                }
                if (System.nanoTime() > giveUp || !slept(pause)) {
                    throw new StoreUnavailable(
                            "The connection to the database was lost during the commit of revision " + revision.n()
                                    + ": whether it was made is unknown",
                            true,
                            e);
                }
            }
        }
    }

    private boolean execute(Handle handle) {
        return handle.createQuery(COMMIT)
                .bind("expected", expected)
                .bind("writeId", writeId)
                .bind("author", revision.author())
                .bind("reason", revision.reason().orElse(null))
                .bind("at", revision.at().atOffset(ZoneOffset.UTC))
                .bind("kinds", texts(i -> keys.get(i).kind().singular()))
                .bind("names", texts(i -> keys.get(i).name()))
                .bind("labels", texts(i -> rows[i] == null ? null : rows[i].labels()))
                .bind("specs", texts(i -> rows[i] == null ? null : rows[i].spec()))
                .bind("sealed", sealed())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private boolean isDone(Handle handle) {
        return handle.createQuery(WHOSE)
                .bind("n", revision.n())
                .bind("writeId", writeId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private Argument texts(IntFunction<@Nullable String> ofChange) {
        @Nullable
        String[] values = IntStream.range(0, rows.length).mapToObj(ofChange).toArray(String[]::new);
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("text", values));
    }

    private Argument sealed() {
        byte @Nullable [][] values = new byte @Nullable [rows.length][];
        for (int i = 0; i < rows.length; i++) {
            values[i] = rows[i] == null ? null : rows[i].sealed();
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("bytea", values));
    }

    /** @return false when the thread was interrupted */
    private static boolean slept(long ms) {
        try {
            Thread.sleep(ms);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
