package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Resource;
import java.util.Optional;

/** What a write says about the resource it finds. There is no write that says nothing. */
public sealed interface Precondition {
    boolean holds(Optional<Resource<?>> current);

    /** Exists and was last changed by this revision: {@code If-Match: "17"}. */
    record Revision(long revision) implements Precondition {
        @Override
        public boolean holds(Optional<Resource<?>> current) {
            return current.map(c -> c.revision() == revision).orElse(false);
        }
    }

    /** Exists: {@code If-Match: *}. */
    record MustExist() implements Precondition {
        @Override
        public boolean holds(Optional<Resource<?>> current) {
            return current.isPresent();
        }
    }

    /** Does not exist: {@code If-None-Match: *}. */
    record MustNotExist() implements Precondition {
        @Override
        public boolean holds(Optional<Resource<?>> current) {
            return current.isEmpty();
        }
    }
}
