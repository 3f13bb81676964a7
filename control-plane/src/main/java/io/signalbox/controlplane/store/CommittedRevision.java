package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.ResourceKey;
import java.util.List;

/**
 * A revision and what it touched, without what that says.
 *
 * @param touched in key order
 */
public record CommittedRevision(Revision revision, List<Touched> touched) {
    public CommittedRevision {
        touched = List.copyOf(touched);
    }

    public record Touched(ResourceKey key, How how) {}

    public enum How {
        CREATED,
        UPDATED,
        DELETED
    }
}
