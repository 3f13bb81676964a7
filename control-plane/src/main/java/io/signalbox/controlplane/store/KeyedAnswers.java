package io.signalbox.controlplane.store;

import io.signalbox.controlplane.store.KeyedAnswer.Id;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The answers to requests with an idempotency key. Those that belong to a revision are written by {@link RevisionWrite},
 * in its statement. Any thread; {@link StoreUnavailable} when the database does not answer.
 */
public final class KeyedAnswers {
    /** What an insertion says after its {@code SELECT}: an answer that has expired makes room. */
    static final String INSERT_INTO =
            "INSERT INTO keyed_answers (author, key, fingerprint, status, revision, body, expires_at)";

    static final String COLUMNS =
            "a.author, a.key, a.fingerprint, a.status, a.revision, a.body," + " CAST(a.expires_at AS timestamptz)";

    static final String UNNEST = """
            unnest(:answerAuthors, :answerKeys, :answerFingerprints, :answerStatuses, :answerRevisions, :answerBodies,
              :answerExpiries) AS a (author, key, fingerprint, status, revision, body, expires_at)""";

    static final String ON_CONFLICT = """
            ON CONFLICT (author, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
              revision = excluded.revision, body = excluded.body, expires_at = excluded.expires_at""";

    private static final String FIND = """
            SELECT k.* FROM keyed_answers k JOIN unnest(:authors, :keys) AS asked (author, key)
              ON k.author = asked.author AND k.key = asked.key
            WHERE k.expires_at > :now
            """;

    /** The lock on the head row keeps a revision from being committed in between, which may need another answer. */
    private static final String REMEMBER = """
            WITH newest AS (
              SELECT revision FROM head WHERE revision = :expected FOR SHARE
            ), answer_rows AS (
              %s SELECT %s FROM newest CROSS JOIN %s %s
            )
            SELECT 1 FROM newest
            """.formatted(INSERT_INTO, COLUMNS, UNNEST, ON_CONFLICT);

    private static final String REMOVE_EXPIRED = "DELETE FROM keyed_answers WHERE expires_at <= :now";

    private final Database database;

    public KeyedAnswers(Database database) {
        this.database = database;
    }

    /** Those that are there and have not expired. */
    public Map<Id, KeyedAnswer> find(Collection<Id> ids, Instant now) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<Id> asked = List.copyOf(ids);
        Map<Id, KeyedAnswer> found = new HashMap<>();
        List<KeyedAnswer> rows = database.call(handle -> handle.createQuery(FIND)
                .bind("authors", SqlArrays.of("text", asked, Id::author))
                .bind("keys", SqlArrays.of("text", asked, Id::key))
                .bind("now", utc(now))
                .map((row, context) -> new KeyedAnswer(
                        new Id(row.getString("author"), row.getString("key")),
                        row.getString("fingerprint"),
                        new StoredAnswer(row.getInt("status"), row.getLong("revision"), row.getString("body")),
                        ConfigStore.instant(row, "expires_at")))
                .list());
        rows.forEach(row -> found.put(row.id(), row));
        return found;
    }

    /**
     * Keeps answers that no revision comes with.
     *
     * @param newest what must be the newest revision
     * @return false when it is not; nothing is written then
     */
    public boolean remember(List<KeyedAnswer> answers, long newest) {
        return database.call(handle -> remember(handle, answers, newest));
    }

    private static boolean remember(Handle handle, List<KeyedAnswer> answers, long newest) {
        return bind(handle.createQuery(REMEMBER), answers)
                .bind("expected", newest)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static <S extends SqlStatement<S>> S bind(S statement, List<KeyedAnswer> answers) {
        return statement
                .bind("answerAuthors", SqlArrays.of("text", answers, a -> a.id().author()))
                .bind("answerKeys", SqlArrays.of("text", answers, a -> a.id().key()))
                .bind("answerFingerprints", SqlArrays.of("text", answers, KeyedAnswer::fingerprint))
                .bind(
                        "answerStatuses",
                        SqlArrays.of("integer", answers, a -> a.answer().status()))
                .bind(
                        "answerRevisions",
                        SqlArrays.of("bigint", answers, a -> a.answer().revision()))
                .bind(
                        "answerBodies",
                        SqlArrays.of("text", answers, a -> a.answer().body()))
                .bind(
                        "answerExpiries",
                        SqlArrays.of("text", answers, a -> a.expires().toString()));
    }

    /** @return how many there were */
    public int removeExpired(Instant now) {
        return database.call(handle ->
                handle.createUpdate(REMOVE_EXPIRED).bind("now", utc(now)).execute());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
