package io.signalbox.controlplane.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Commits revisions: rows, history, the revisions themselves, answers to keep and the notification in <em>one statement</em> that is a
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

    /**
     * {@code change} is what each revision does to each resource it touches. What a resource said before comes from an
     * earlier change of the same statement or else from the table, which the statement sees as it was at its start; the
     * table gets the last change of each resource.
     */
    private static final String COMMIT = """
            WITH taken AS (
              UPDATE head SET revision = :last WHERE revision = :expected RETURNING revision
            ), change AS MATERIALIZED (
              SELECT s.*,
                lag(s.revision) OVER same AS earlier, lead(s.revision) OVER same AS later,
                lag(s.labels) OVER same AS earlier_labels,
                lag(s.spec) OVER same AS earlier_spec,
                lag(s.sealed) OVER same AS earlier_sealed
              FROM (
                SELECT c.revision, c.kind, c.name, CAST(c.labels AS jsonb) AS labels, CAST(c.spec AS jsonb) AS spec,
                  c.sealed, c.created_revision, CAST(c.created_at AS timestamptz) AS created_at,
                  CAST(c.updated_at AS timestamptz) AS updated_at
                FROM taken CROSS JOIN unnest(:revisions, :kinds, :names, :labels, :specs, :sealed,
                  :createdRevisions, :createdAts, :updatedAts)
                  AS c (revision, kind, name, labels, spec, sealed, created_revision, created_at, updated_at)
              ) s
              WINDOW same AS (PARTITION BY s.kind, s.name ORDER BY s.revision)
            ), revision_rows AS (
              INSERT INTO revisions (n, write_id, author, reason, at)
              SELECT v.n, :writeId, v.author, v.reason, CAST(v.at AS timestamptz)
              FROM taken CROSS JOIN unnest(:ns, :authors, :reasons, :ats) AS v (n, author, reason, at)
            ), history_rows AS (
              INSERT INTO history (revision, kind, name,
                before_labels, before_spec, before_sealed, after_labels, after_spec, after_sealed)
              SELECT c.revision, c.kind, c.name,
                CASE WHEN c.earlier IS NULL THEN r.labels ELSE c.earlier_labels END,
                CASE WHEN c.earlier IS NULL THEN r.spec ELSE c.earlier_spec END,
                CASE WHEN c.earlier IS NULL THEN r.sealed ELSE c.earlier_sealed END,
                c.labels, c.spec, c.sealed
              FROM change c LEFT JOIN resources r ON r.kind = c.kind AND r.name = c.name
            ), put_rows AS (
              INSERT INTO resources (kind, name, labels, spec, sealed,
                created_revision, revision, created_at, updated_at)
              SELECT kind, name, labels, spec, sealed, created_revision, revision, created_at, updated_at
              FROM change WHERE later IS NULL AND spec IS NOT NULL
              ON CONFLICT (kind, name) DO UPDATE SET labels = excluded.labels, spec = excluded.spec,
                sealed = excluded.sealed, created_revision = excluded.created_revision,
                revision = excluded.revision, created_at = excluded.created_at, updated_at = excluded.updated_at
            ), deleted_rows AS (
              DELETE FROM resources r USING change c
              WHERE c.later IS NULL AND c.spec IS NULL AND r.kind = c.kind AND r.name = c.name
            ), confirmation_rows AS (
              INSERT INTO confirmations (revision, deadline, state)
              SELECT v.n, CAST(v.deadline AS timestamptz), 'pending'
              FROM taken CROSS JOIN unnest(:ns, :deadlines) AS v (n, deadline) WHERE v.deadline IS NOT NULL
            ), reverted_rows AS (
              UPDATE confirmations c SET state = 'reverted', reverted_by = v.n
              FROM taken CROSS JOIN unnest(:ns, :reverts) AS v (n, reverts)
              WHERE c.revision = v.reverts AND c.state = 'reverting'
            ), answer_rows AS (
              %s SELECT %s FROM taken CROSS JOIN %s %s
            )
            SELECT 1 FROM taken, pg_notify('%s', CAST(taken.revision AS text))
            """.formatted(
                    KeyedAnswers.INSERT_INTO,
                    KeyedAnswers.COLUMNS,
                    KeyedAnswers.UNNEST,
                    KeyedAnswers.ON_CONFLICT,
                    RevisionFollower.CHANNEL);

    private static final String WHOSE = "SELECT 1 FROM revisions WHERE n = :n AND write_id = :writeId";

    private final Database database;
    private final UUID writeId;
    private final long first;
    private final long last;
    private final RevisionColumns columns;
    private final List<KeyedAnswer> answers;

    /** @param revisions in order and without a gap */
    RevisionWrite(
            Database database,
            PrivateKeys privateKeys,
            UUID writeId,
            List<NewRevision> revisions,
            List<KeyedAnswer> answers) {
        this.database = database;
        this.writeId = writeId;
        this.first = revisions.get(0).revision().n();
        this.last = revisions.get(revisions.size() - 1).revision().n();
        this.columns = new RevisionColumns(revisions, privateKeys);
        this.answers = List.copyOf(answers);
        if (last - first != revisions.size() - 1) {
            throw new IllegalArgumentException("revisions with a gap between " + first + " and " + last);
        }
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
                            "The connection to the database was lost during the commit of revision " + first
                                    + ": whether it was made is unknown",
                            true,
                            e);
                }
            }
        }
    }

    private boolean execute(Handle handle) {
        return KeyedAnswers.bind(columns.bindTo(handle.createQuery(COMMIT)), answers)
                .bind("expected", first - 1)
                .bind("last", last)
                .bind("writeId", writeId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private boolean isDone(Handle handle) {
        return handle.createQuery(WHOSE)
                .bind("n", last)
                .bind("writeId", writeId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
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
