package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import java.util.Optional;
import java.util.SortedMap;

/** What is to become of one resource. */
public sealed interface Change {
    ResourceKey key();

    Precondition precondition();

    /**
     * Creates the resource or replaces what it says.
     *
     * @param labels empty to keep the labels it has, or to start with none
     */
    record Put(ResourceKey key, Precondition precondition, Optional<SortedMap<String, String>> labels, Spec spec)
            implements Change {
        public Put {
            labels = labels.map(Resource::immutable);
            if (spec.kind() != key.kind()) {
                throw new IllegalArgumentException(key + " cannot hold a " + spec.kind());
            }
        }
    }

    record Delete(ResourceKey key, Precondition precondition) implements Change {}
}
