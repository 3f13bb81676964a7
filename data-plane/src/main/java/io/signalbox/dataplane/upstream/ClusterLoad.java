package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.EndpointsConfig.Place;
import java.util.Map;

/**
 * What a cluster was sent since it was last asked.
 *
 * @param places those that had requests, or have some under way
 * @param dropped requests that the cluster's limits did not allow
 */
public record ClusterLoad(Map<Place, Counts> places, long dropped) {
    public ClusterLoad {
        places = Map.copyOf(places);
    }

    /**
     * @param issued requests that were sent, each try on its own, and TCP connections
     * @param inProgress now
     */
    public record Counts(long issued, long successes, long errors, long inProgress) {
        Counts plus(Counts other) {
            return new Counts(
                    issued + other.issued,
                    successes + other.successes,
                    errors + other.errors,
                    inProgress + other.inProgress);
        }

        boolean isZero() {
            return issued == 0 && successes == 0 && errors == 0 && inProgress == 0;
        }
    }
}
