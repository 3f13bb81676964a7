package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The config at an earlier revision: a newer one, less what the history says came after it. What that costs goes by how
 * much changed since, not by how long the history is.
 */
final class PastConfig {
    private static final String AT = """
            SELECT k.kind, k.name, s.revision, s.after_labels, s.after_spec, s.after_sealed, u.at AS updated_at,
              c.revision AS created_revision, c.at AS created_at
            FROM (SELECT DISTINCT kind, name FROM history WHERE revision > :n) k
              LEFT JOIN LATERAL (
                SELECT h.* FROM history h WHERE h.kind = k.kind AND h.name = k.name AND h.revision <= :n
                ORDER BY h.revision DESC LIMIT 1
              ) s ON true
              LEFT JOIN revisions u ON u.n = s.revision
              LEFT JOIN LATERAL (
                SELECT h.revision, v.at FROM history h JOIN revisions v ON v.n = h.revision
                WHERE h.kind = k.kind AND h.name = k.name AND h.revision <= :n AND h.before_spec IS NULL
                ORDER BY h.revision DESC LIMIT 1
              ) c ON true
            """;

    private final Database database;
    private final PrivateKeys privateKeys;

    PastConfig(Database database, PrivateKeys privateKeys) {
        this.database = database;
        this.privateKeys = privateKeys;
    }

    /** @param newer the config at {@code n} or at any later revision */
    Config at(long n, Config newer) {
        if (n > newer.revision()) {
            throw new IllegalArgumentException(
                    "revision " + n + " (expected: at most " + newer.revision() + ", where the newer config is)");
        }
        return n == newer.revision() ? newer : newer.with(n, since(n));
    }

    /** What is different about {@code n}; the database may know more revisions than {@code newer}, which does no harm. */
    private Map<ResourceKey, Optional<Resource<?>>> since(long n) {
        return database.call(handle -> handle.createQuery(AT).bind("n", n).scanResultSet((supplier, context) -> {
            Map<ResourceKey, Optional<Resource<?>>> resources = new HashMap<>();
            ResultSet rows = supplier.get();
            while (rows.next()) {
                ResourceKey key = StoredRow.readKey(rows);
                resources.put(key, resource(rows, key));
            }
            return resources;
        }));
    }

    private Optional<Resource<?>> resource(ResultSet row, ResourceKey key) throws SQLException {
        Optional<StoredRow> stored = StoredRow.read(row, "after_");
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        State state = stored.get().open(key, privateKeys);
        return Optional.of(new Resource<>(
                key.name(),
                state.labels(),
                state.spec(),
                row.getLong("created_revision"),
                row.getLong("revision"),
                ConfigStore.instant(row, "created_at"),
                ConfigStore.instant(row, "updated_at")));
    }
}
