package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ResourceKey;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A revision to be committed.
 *
 * @param after the config at that revision
 * @param changed the keys of what {@code after} has different from the revision before, deleted ones included
 */
public record NewRevision(Revision revision, Config after, SortedSet<ResourceKey> changed) {
    public NewRevision {
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        if (after.revision() != revision.n() || changed.isEmpty()) {
            throw new IllegalArgumentException("revision " + revision.n() + " does not fit its config");
        }
    }
}
