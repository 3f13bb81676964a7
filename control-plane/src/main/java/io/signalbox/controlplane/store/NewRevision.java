package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ResourceKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A revision to be committed.
 *
 * @param after the config at that revision
 * @param changed the keys of what {@code after} has different from the revision before, deleted ones included
 * @param confirmBy when it is to be reverted if nobody has confirmed it; empty for never
 * @param reverts the claimed confirmation that it settles
 */
public record NewRevision(
        Revision revision,
        Config after,
        SortedSet<ResourceKey> changed,
        Optional<Instant> confirmBy,
        OptionalLong reverts) {
    public NewRevision {
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        if (after.revision() != revision.n() || changed.isEmpty()) {
            throw new IllegalArgumentException("revision " + revision.n() + " does not fit its config");
        }
    }

    /** One that stays. */
    public NewRevision(Revision revision, Config after, SortedSet<ResourceKey> changed) {
        this(revision, after, changed, Optional.empty(), OptionalLong.empty());
    }
}
