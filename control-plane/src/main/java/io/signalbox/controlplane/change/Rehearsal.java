package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.validation.KeyedViolation;
import java.util.List;

/**
 * Does with a config, before it is committed, what publishing it will do afterwards, so that no commit is unpublishable.
 * Called by one thread at a time.
 */
@FunctionalInterface
public interface Rehearsal {
    /**
     * @return what a proxy would refuse in it, as well as the resource can be told that it comes from; empty if all is
     *     well
     * @throws RuntimeException when the config cannot be published
     */
    List<KeyedViolation> rehearse(Config config);

    /** What proxies would be sent, and what of it drains connections. */
    default EnvoyDiff compare(Config before, Config after) {
        return EnvoyDiff.NONE;
    }
}
