package io.signalbox.controlplane.model;

import java.util.Comparator;

/** Names one resource. Two resources of different kinds may have the same name. Ordered by kind, then by name. */
public record ResourceKey(Kind kind, String name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::kind).thenComparing(ResourceKey::name);

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code pools/checkout}, as in REST paths. */
    @Override
    public String toString() {
        return kind.plural() + "/" + name;
    }
}
