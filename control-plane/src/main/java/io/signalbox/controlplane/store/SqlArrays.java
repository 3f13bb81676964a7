package io.signalbox.controlplane.store;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Columns as arrays, which SQL unnests, whatever their number. */
final class SqlArrays {
    private SqlArrays() {}

    static <T> Argument of(String type, List<T> from, Function<T, @Nullable Object> column) {
        @Nullable Object[] values = new @Nullable Object[from.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(from.get(i));
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
