package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import java.util.Optional;

/**
 * What became of one change.
 *
 * @param now the resource after the write, or after a dry run as the write would have left it; empty when deleted
 */
public record Written(ResourceKey key, Result result, Optional<Resource<?>> now) {
    public enum Result {
        CREATED,
        UPDATED,
        /** The resource said already what was asked for, and keeps its revision. */
        UNCHANGED,
        DELETED
    }
}
