package io.signalbox.controlplane.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * By which labels routes may choose among a pool's endpoints. Envoy: {@code Cluster.LbSubsetConfig}.
 *
 * @param by sets of keys; a route asks for a value of each key of one set
 */
public record Subsets(List<SortedSet<String>> by, Fallback fallback) {
    public Subsets {
        by = by.stream()
                .map(keys -> Collections.unmodifiableSortedSet(new TreeSet<>(keys)))
                .toList();
    }

    /** What becomes of a request when no endpoint has the labels that its route asks for. */
    public sealed interface Fallback {
        /** It is answered 503. */
        record None() implements Fallback {}

        /** Any endpoint takes it. */
        record Any() implements Fallback {}

        /** Endpoints with these labels take it. */
        record Subset(Labels labels) implements Fallback {}
    }
}
