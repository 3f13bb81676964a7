package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The config in Postgres. Every read is one statement, so it sees the database as of one instant. Any thread.
 *
 * <p>Every method throws {@link StoreUnavailable} when the database does not answer, and {@link UnreadablePrivateKey}
 * when it holds a secret that our keyset does not open.
 */
public final class ConfigStore {
    private static final String LOAD = """
            SELECT h.revision AS head, r.kind, r.name, r.labels, r.spec, r.sealed,
              r.created_revision, r.revision, r.created_at, r.updated_at
            FROM head h LEFT JOIN resources r ON true
            """;

    private static final String CATCH_UP = """
            SELECT h.revision AS head, v.n, v.at, c.kind, c.name,
              c.after_labels, c.after_spec, c.after_sealed
            FROM head h
              LEFT JOIN revisions v ON v.n > :base
              LEFT JOIN history c ON c.revision = v.n
            ORDER BY v.n
            """;

    private final Database database;
    private final PrivateKeys privateKeys;
    private final Supplier<UUID> writeIds;

    /** @param writeIds a new one for each write, never the same twice */
    public ConfigStore(Database database, PrivateKeys privateKeys, Supplier<UUID> writeIds) {
        this.database = database;
        this.privateKeys = privateKeys;
        this.writeIds = writeIds;
    }

    /** The newest config. */
    public Config load() {
        return database.call(this::load);
    }

    /**
     * The newest config, made from an earlier one by what the history says came after it.
     *
     * @return {@code base} itself when nothing came after it
     * @throws IllegalStateException when the database is at an earlier revision, as after its restoration from a backup
     */
    public Config catchUp(Config base) {
        return database.call(handle -> catchUp(handle, base));
    }

    /**
     * Commits revisions, all or none: rows, history, answers and notification.
     *
     * @param revisions in order and without a gap, the first one following what the author saw as the newest
     * @param answers what requests with an idempotency key are answered; one for each id
     * @return false when the newest revision is another one than the author saw; nothing is written then
     * @throws StoreUnavailable also when the link broke during the commit and stays broken, so that the outcome is unknown
     */
    public boolean commit(List<NewRevision> revisions, List<KeyedAnswer> answers) {
        return new RevisionWrite(database, privateKeys, writeIds.get(), revisions, answers).commit();
    }

    private Config load(Handle handle) {
        return handle.createQuery(LOAD).scanResultSet((supplier, context) -> {
            List<Resource<?>> resources = new ArrayList<>();
            long head = 0;
            ResultSet rows = supplier.get();
            while (rows.next()) {
                head = rows.getLong("head");
                Optional<StoredRow> stored = StoredRow.read(rows, "");
                if (stored.isPresent()) {
                    resources.add(resource(rows, stored.get()));
                }
            }
            return Config.of(head, resources);
        });
    }

    private Resource<Spec> resource(ResultSet row, StoredRow stored) throws SQLException {
        ResourceKey key = StoredRow.readKey(row);
        State state = stored.open(key, privateKeys);
        return new Resource<>(
                key.name(),
                state.labels(),
                state.spec(),
                row.getLong("created_revision"),
                row.getLong("revision"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private Config catchUp(Handle handle, Config base) {
        Map<ResourceKey, Optional<Resource<?>>> changes = new HashMap<>();
        return handle.createQuery(CATCH_UP).bind("base", base.revision()).scanResultSet((supplier, context) -> {
            ResultSet rows = supplier.get();
            long head = base.revision();
            while (rows.next()) {
                head = rows.getLong("head");
                if (rows.getString("kind") != null) {
                    apply(rows, base, changes);
                }
            }
            return after(base, head, changes);
        });
    }

    private void apply(ResultSet row, Config base, Map<ResourceKey, Optional<Resource<?>>> changes)
            throws SQLException {
        ResourceKey key = StoredRow.readKey(row);
        Optional<StoredRow> stored = StoredRow.read(row, "after_");
        if (stored.isEmpty()) {
            changes.put(key, Optional.empty());
            return;
        }
        State state = stored.get().open(key, privateKeys);
        Optional<Resource<?>> before = changes.containsKey(key) ? changes.get(key) : base.find(key);
        changes.put(
                key,
                Optional.of(Resource.written(
                        before, key.name(), state.labels(), state.spec(), row.getLong("n"), instant(row, "at"))));
    }

    private static Config after(Config base, long head, Map<ResourceKey, Optional<Resource<?>>> changes) {
        if (head < base.revision()) {
            throw new IllegalStateException("The database is at revision " + head + ", but this control plane has seen "
                    + base.revision() + ". If it was restored from a backup, restart every control plane");
        }
        return head == base.revision() ? base : base.with(head, changes);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
