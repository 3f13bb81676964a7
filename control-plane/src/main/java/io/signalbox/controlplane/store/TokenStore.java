package io.signalbox.controlplane.store;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.SqlStatement;

/** Tokens and what was done to them. Any thread; {@link StoreUnavailable} when the database does not answer. */
public final class TokenStore {
    private static final String LOAD = """
            SELECT c.n AS newest, t.* FROM token_counter c LEFT JOIN tokens t ON c.n > :seen
            """;

    private static final String CREATE = """
            WITH counted AS (
              UPDATE token_counter SET n = n + 1 RETURNING n
            ), created AS (
              INSERT INTO tokens (name, digest, role, label_selector, host_suffix, expires_at, author, created_at, n)
              SELECT :name, :digest, :role, :labelSelector, :hostSuffix, :expiresAt, :author, :at, n FROM counted
              ON CONFLICT (name) DO NOTHING RETURNING *
            ), event AS (
              INSERT INTO token_events
                (n, event, name, role, label_selector, host_suffix, expires_at, author, reason, at)
              SELECT n, 'created', name, role, label_selector, host_suffix, expires_at, author, :reason, created_at
              FROM created
            )
            SELECT n FROM created
            """;

    private static final String REVOKE = """
            WITH counted AS (
              UPDATE token_counter SET n = n + 1 RETURNING n
            ), revoked AS (
              DELETE FROM tokens t USING counted WHERE t.name = :name AND t.n = :created RETURNING t.*
            ), event AS (
              INSERT INTO token_events
                (n, event, name, role, label_selector, host_suffix, expires_at, author, reason, at)
              SELECT c.n, 'revoked', r.name, r.role, r.label_selector, r.host_suffix, r.expires_at, :author, :reason, :at
              FROM revoked r CROSS JOIN counted c
            )
            SELECT 1 FROM revoked
            """;

    private static final String EVENTS = "SELECT * FROM token_events WHERE n < :before ORDER BY n DESC LIMIT :limit";

    private final Database database;

    public TokenStore(Database database) {
        this.database = database;
    }

    /**
     * Who does something to tokens, and why.
     *
     * @param at as exact as microseconds
     */
    public record Act(String author, Optional<String> reason, Instant at) {}

    /** @return empty when nothing was changed since {@code seen} */
    public Optional<TokenRows> loadIfNewer(long seen) {
        return database.call(handle -> handle.createQuery(LOAD)
                .bind("seen", seen)
                .scanResultSet((supplier, context) -> {
                    List<TokenRows.Row> tokens = new ArrayList<>();
                    ResultSet rows = supplier.get();
                    long newest = seen;
                    while (rows.next()) {
                        newest = rows.getLong("newest");
                        if (rows.getString("name") != null) {
                            tokens.add(new TokenRows.Row(token(rows), rows.getBytes("digest")));
                        }
                    }
                    return newest > seen ? Optional.of(new TokenRows(newest, tokens)) : Optional.empty();
                }));
    }

    /**
     * @param digest SHA-256 of the secret
     * @return empty when there is a token of that name
     */
    public Optional<StoredToken> create(Principal principal, byte[] digest, Optional<Instant> expiresAt, Act act) {
        return database.write(handle -> bindAct(handle.createQuery(CREATE), act)
                        .bind("name", principal.name())
                        .bind("digest", digest)
                        .bind("role", principal.role().word())
                        .bind("labelSelector", principal.scope().labelSelector().orElse(null))
                        .bind("hostSuffix", principal.scope().hostSuffix().orElse(null))
                        .bind("expiresAt", expiresAt.map(TokenStore::utc).orElse(null))
                        .mapTo(Long.class)
                        .findOne())
                .map(n -> new StoredToken(principal, expiresAt, act.author(), act.at(), n));
    }

    /** @return false when this very token is not there any more */
    public boolean revoke(StoredToken token, Act act) {
        return database.write(handle -> bindAct(handle.createQuery(REVOKE), act)
                .bind("name", token.name())
                .bind("created", token.n())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /**
     * Newest first.
     *
     * @param before only events below this number
     */
    public List<TokenEvent> events(OptionalLong before, int limit) {
        return database.call(handle -> handle.createQuery(EVENTS)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list());
    }

    private static <S extends SqlStatement<S>> S bindAct(S statement, Act act) {
        return statement
                .bind("author", act.author())
                .bind("reason", act.reason().orElse(null))
                .bind("at", utc(act.at()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static StoredToken token(ResultSet row) throws SQLException {
        return new StoredToken(
                principal(row),
                expiresAt(row),
                row.getString("author"),
                ConfigStore.instant(row, "created_at"),
                row.getLong("n"));
    }

    private static TokenEvent event(ResultSet row) throws SQLException {
        return new TokenEvent(
                row.getLong("n"),
                row.getString("event"),
                principal(row),
                expiresAt(row),
                row.getString("author"),
                Optional.ofNullable(row.getString("reason")),
                ConfigStore.instant(row, "at"));
    }

    private static Principal principal(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new Principal(
                row.getString("name"),
                Role.find(role).orElseThrow(() -> new IllegalStateException("the database holds the role " + role)),
                new Scope(
                        Optional.ofNullable(row.getString("label_selector")),
                        Optional.ofNullable(row.getString("host_suffix"))));
    }

    private static Optional<Instant> expiresAt(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
