package io.signalbox.controlplane.xds.publish;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a proxy is not to be sent.
 *
 * @param refused routes it seems to have refused, or whose values its release does not know
 * @param clusters clusters it has not and will not get; routes that use them are held back
 * @param bases by name the RouteConfigurations in which routes may be held back for their clusters, each with the
 *     snapshot of which the proxy has it; empty when it has none
 */
public record Withholding(
        Set<? extends Withheld> refused, Set<String> clusters, Map<String, Optional<Snapshot>> bases) {
    public static final Withholding NOTHING = new Withholding(Set.of(), Set.of(), Map.of());

    public Withholding {
        refused = Set.copyOf(refused);
        clusters = Set.copyOf(clusters);
        bases = Map.copyOf(bases);
    }

    public boolean isNothing() {
        return refused.isEmpty() && (clusters.isEmpty() || bases.isEmpty());
    }
}
