package io.signalbox.controlplane.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One stored resource.
 *
 * @param createdRevision the revision that created it; ties between routes go to the smaller, and it starts anew when a
 *     resource is deleted and created again
 * @param revision the revision that last changed spec or labels; the entity tag is made of it
 */
public record Resource<S extends Spec>(
        String name,
        SortedMap<String, String> labels,
        S spec,
        long createdRevision,
        long revision,
        Instant createdAt,
        Instant updatedAt) {

    public Resource {
        labels = immutable(labels);
    }

    public ResourceKey key() {
        return new ResourceKey(spec.kind(), name);
    }

    /**
     * What a resource becomes when a revision writes it.
     *
     * @param before the resource as it was; where there was none, it counts as created
     * @param revision the revision that writes it, made at {@code at}
     */
    public static <S extends Spec> Resource<S> written(
            Optional<Resource<?>> before, String name, Map<String, String> labels, S spec, long revision, Instant at) {
        return new Resource<>(
                name,
                immutable(labels),
                spec,
                before.map(Resource::createdRevision).orElse(revision),
                revision,
                before.map(Resource::createdAt).orElse(at),
                at);
    }

    /** Whether a write of these labels and this spec would change nothing. */
    public boolean says(Map<String, String> otherLabels, Spec otherSpec) {
        return labels.equals(otherLabels) && spec.equals(otherSpec);
    }

    /** A copy that nobody can change. */
    public static SortedMap<String, String> immutable(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
