package io.signalbox.controlplane.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** Sums that grow, and which of them have grown since they were written. For one thread at a time. */
final class Sums<K, V> {
    private final Map<K, V> sums = new HashMap<>();
    /** The longest unwritten first. */
    private final Set<K> unwritten = new LinkedHashSet<>();

    private final BinaryOperator<V> plus;

    Sums(BinaryOperator<V> plus) {
        this.plus = plus;
    }

    void add(K key, V value) {
        sums.merge(key, value, plus);
        unwritten.add(key);
    }

    Map<K, V> unwritten(int limit) {
        Map<K, V> batch = new LinkedHashMap<>();
        unwritten.stream().limit(limit).forEach(key -> batch.put(key, sums.get(key)));
        return batch;
    }

    /** What has grown meanwhile is to be written again. */
    void written(Map<K, V> batch) {
        batch.forEach((key, value) -> {
            if (value.equals(sums.get(key))) {
                unwritten.remove(key);
            }
        });
    }

    void forgetWritten(Predicate<K> old) {
        sums.keySet().removeIf(key -> !unwritten.contains(key) && old.test(key));
    }

    /** @return how many of them were never written */
    int forget(Predicate<K> old) {
        int before = unwritten.size();
        unwritten.removeIf(old);
        sums.keySet().removeIf(old);
        return before - unwritten.size();
    }
}
