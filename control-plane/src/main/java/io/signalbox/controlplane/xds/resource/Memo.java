package io.signalbox.controlplane.xds.resource;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers by name what each value was translated to, and answers with the same object while the value is equal. Values
 * are mostly the same object as before, so the comparison is cheap.
 *
 * <p>Works in rounds, each of which asks for everything there is; what a round did not ask for is forgotten at its end.
 * Not thread-safe.
 */
final class Memo<V, T> {
    private record Entry<V, T>(V value, T translated) {}

    private Map<String, Entry<V, T>> last = Map.of();
    private Map<String, Entry<V, T>> current = new HashMap<>();

    T get(String name, V value, Function<V, T> translate) {
        Entry<V, T> known = last.get(name);
        Entry<V, T> entry =
                known != null && known.value.equals(value) ? known : new Entry<>(value, translate.apply(value));
        current.put(name, entry);
        return entry.translated;
    }

    void endRound() {
        last = current;
        current = new HashMap<>(2 * last.size());
    }
}
