package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;

/** Does with a config, before it is committed, what publishing it will do afterwards, so that no commit is unpublishable. */
@FunctionalInterface
public interface Rehearsal {
    /**
     * Pure; any thread.
     *
     * @throws RuntimeException when the config cannot be published
     */
    void rehearse(Config config);
}
