package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.KeyedViolation;
import io.signalbox.controlplane.validation.Warning;
import java.util.List;
import java.util.Set;

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

    /**
     * What the route tests and a look at the routes say, of a config that can be published.
     *
     * @param before the config that holds
     */
    default Findings look(Config before, Config after) {
        return Findings.NONE;
    }

    /**
     * What was seen.
     *
     * @param failed every route test that fails afterwards
     * @param failedBefore the names of the route tests that fail already
     * @param warnings all there are afterwards
     */
    record Findings(List<FailedRouteTest> failed, Set<String> failedBefore, List<Warning> warnings) {
        public static final Findings NONE = new Findings(List.of(), Set.of(), List.of());

        public Findings {
            failed = List.copyOf(failed);
            failedBefore = Set.copyOf(failedBefore);
            warnings = List.copyOf(warnings);
        }
    }

    /** What proxies would be sent, and what of it drains connections. */
    default EnvoyDiff compare(Config before, Config after) {
        return EnvoyDiff.NONE;
    }
}
