package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A revision and what it did.
 *
 * @param changes in key order
 */
public record RevisionChanges(Revision revision, List<ResourceChange> changes) {
    public RevisionChanges {
        changes = List.copyOf(changes);
    }

    /**
     * @param before empty where the revision created the resource
     * @param after empty where it deleted it
     */
    public record ResourceChange(ResourceKey key, Optional<State> before, Optional<State> after) {}

    /** What a resource said. */
    public record State(SortedMap<String, String> labels, Spec spec) {}
}
