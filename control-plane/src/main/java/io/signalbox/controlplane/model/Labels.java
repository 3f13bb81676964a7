package io.signalbox.controlplane.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an endpoint says of itself, as {@code version: v2}, by key; or what is asked of endpoints. In key order. */
public record Labels(SortedMap<String, String> values) {
    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
