package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.store.CommittedRevision.How;
import io.signalbox.controlplane.store.CommittedRevision.Touched;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who changed what, when and why. Any thread; {@link StoreUnavailable} when the database does not answer. */
public final class RevisionHistory {
    private static final String LIST =
            "SELECT n, author, reason, at FROM revisions WHERE n < :before ORDER BY n DESC LIMIT :limit";

    private static final String FIND = """
            SELECT v.n, v.author, v.reason, v.at, c.*
            FROM revisions v JOIN history c ON c.revision = v.n WHERE v.n = :n
            """;

    private static final String AFTER = """
            SELECT v.n, v.author, v.reason, v.at, c.kind, c.name,
              CASE WHEN c.before_spec IS NULL THEN 'CREATED' WHEN c.after_spec IS NULL THEN 'DELETED' ELSE 'UPDATED' END
                AS how
            FROM (SELECT * FROM revisions WHERE n > :after ORDER BY n LIMIT :limit) v
              JOIN history c ON c.revision = v.n ORDER BY v.n
            """;

    private static final String OF_KIND = """
            SELECT v.n, v.author, v.reason, v.at, c.* FROM revisions v JOIN history c ON c.revision = v.n
            WHERE c.kind = ANY(:kinds) AND v.n IN (
              SELECT DISTINCT revision FROM history WHERE kind = ANY(:kinds) AND revision > :after AND revision <= :upTo
              ORDER BY revision LIMIT :limit
            ) ORDER BY v.n
            """;

    private final Database database;
    private final PrivateKeys privateKeys;

    public RevisionHistory(Database database, PrivateKeys privateKeys) {
        this.database = database;
        this.privateKeys = privateKeys;
    }

    /**
     * Newest first.
     *
     * @param before only revisions below this one
     */
    public List<Revision> list(OptionalLong before, int limit) {
        return database.call(handle -> handle.createQuery(LIST)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, context) -> revision(row))
                .list());
    }

    /**
     * What was committed after a revision, oldest first.
     *
     * @param limit how many at most
     */
    public List<CommittedRevision> after(long n, int limit) {
        return database.call(handle -> handle.createQuery(AFTER)
                .bind("after", n)
                .bind("limit", limit)
                .scanResultSet((supplier, context) -> {
                    Map<Revision, List<Touched>> revisions = new LinkedHashMap<>();
                    ResultSet rows = supplier.get();
                    while (rows.next()) {
                        revisions
                                .computeIfAbsent(revision(rows), revision -> new ArrayList<>())
                                .add(new Touched(StoredRow.readKey(rows), How.valueOf(rows.getString("how"))));
                    }
                    return revisions.entrySet().stream()
                            .map(RevisionHistory::committed)
                            .toList();
                }));
    }

    private static CommittedRevision committed(Map.Entry<Revision, List<Touched>> revision) {
        revision.getValue().sort(Comparator.comparing(Touched::key));
        return new CommittedRevision(revision.getKey(), revision.getValue());
    }

    public Optional<RevisionChanges> find(long n) {
        return database.call(handle ->
                handle
                        .createQuery(FIND)
                        .bind("n", n)
                        .scanResultSet((supplier, context) -> changes(supplier.get()))
                        .stream()
                        .findFirst());
    }

    /**
     * What revisions did to resources of some kinds; those that did nothing to them are left out. Oldest first.
     *
     * @param after only revisions above this one
     * @param upTo and up to this one
     * @param limit how many revisions at most
     */
    public List<RevisionChanges> changesOf(Set<Kind> kinds, long after, long upTo, int limit) {
        return database.call(handle -> handle.createQuery(OF_KIND)
                .bind("kinds", SqlArrays.of("text", List.copyOf(kinds), Kind::singular))
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .scanResultSet((supplier, context) -> changes(supplier.get())));
    }

    /**
     * The config as it was when {@code n} was the newest revision, private keys included.
     *
     * @param newer the config at {@code n} or at any later revision; the nearer, the quicker
     */
    public Config configAt(long n, Config newer) {
        return new PastConfig(database, privateKeys).at(n, newer);
    }

    private List<RevisionChanges> changes(ResultSet rows) throws SQLException {
        Map<Revision, List<ResourceChange>> revisions = new LinkedHashMap<>();
        while (rows.next()) {
            revisions
                    .computeIfAbsent(revision(rows), revision -> new ArrayList<>())
                    .add(change(rows));
        }
        revisions.values().forEach(changes -> changes.sort(Comparator.comparing(ResourceChange::key)));
        return revisions.entrySet().stream()
                .map(each -> new RevisionChanges(each.getKey(), each.getValue()))
                .toList();
    }

    private ResourceChange change(ResultSet row) throws SQLException {
        ResourceKey key = StoredRow.readKey(row);
        return new ResourceChange(
                key,
                StoredRow.read(row, "before_").map(stored -> stored.open(key, privateKeys)),
                StoredRow.read(row, "after_").map(stored -> stored.open(key, privateKeys)));
    }

    private static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getLong("n"),
                row.getString("author"),
                Optional.ofNullable(row.getString("reason")),
                ConfigStore.instant(row, "at"));
    }
}
