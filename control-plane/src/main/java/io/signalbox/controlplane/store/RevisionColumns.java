package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Revisions and what they change, turned into columns: arrays that SQL unnests, whatever their number. */
final class RevisionColumns {
    private final List<NewRevision> revisions;
    private final List<Row> rows = new ArrayList<>();

    RevisionColumns(List<NewRevision> revisions, PrivateKeys privateKeys) {
        this.revisions = List.copyOf(revisions);
        for (NewRevision revision : revisions) {
            for (ResourceKey key : revision.changed()) {
                Optional<Resource<?>> after = revision.after().find(key);
                rows.add(new Row(
                        revision.revision().n(),
                        key,
                        after,
                        after.map(r -> StoredRow.of(key, r.labels(), r.spec(), privateKeys))));
            }
        }
    }

    /** What one revision makes of one resource; empty where it deletes it. */
    private record Row(long revision, ResourceKey key, Optional<Resource<?>> after, Optional<StoredRow> stored) {
        <T> @Nullable T ofAfter(Function<Resource<?>, T> column) {
            return after.map(column).orElse(null);
        }

        <T> @Nullable T ofStored(Function<StoredRow, @Nullable T> column) {
            return stored.isPresent() ? column.apply(stored.get()) : null;
        }
    }

    <S extends SqlStatement<S>> S bindTo(S statement) {
        return statement
                .bind("ns", SqlArrays.of("bigint", revisions, r -> r.revision().n()))
                .bind(
                        "authors",
                        SqlArrays.of("text", revisions, r -> r.revision().author()))
                .bind(
                        "reasons",
                        SqlArrays.of(
                                "text", revisions, r -> r.revision().reason().orElse(null)))
                .bind(
                        "ats",
                        SqlArrays.of("text", revisions, r -> r.revision().at().toString()))
                .bind(
                        "deadlines",
                        SqlArrays.of("text", revisions, r -> text(r.confirmBy().orElse(null))))
                .bind("reverts", SqlArrays.of("bigint", revisions, RevisionColumns::reverts))
                .bind("revisions", SqlArrays.of("bigint", rows, Row::revision))
                .bind("kinds", SqlArrays.of("text", rows, r -> r.key().kind().singular()))
                .bind("names", SqlArrays.of("text", rows, r -> r.key().name()))
                .bind("labels", SqlArrays.of("text", rows, r -> r.ofStored(StoredRow::labels)))
                .bind("specs", SqlArrays.of("text", rows, r -> r.ofStored(StoredRow::spec)))
                .bind("sealed", sealed())
                .bind("createdRevisions", SqlArrays.of("bigint", rows, r -> r.ofAfter(Resource::createdRevision)))
                .bind("createdAts", SqlArrays.of("text", rows, r -> text(r.ofAfter(Resource::createdAt))))
                .bind("updatedAts", SqlArrays.of("text", rows, r -> text(r.ofAfter(Resource::updatedAt))));
    }

    private static @Nullable Long reverts(NewRevision revision) {
        return revision.reverts().isPresent() ? revision.reverts().getAsLong() : null;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The driver takes binary arrays only as what they are. */
    private Argument sealed() {
        byte @Nullable [][] values = new byte @Nullable [rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i).ofStored(StoredRow::sealed);
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("bytea", values));
    }
}
