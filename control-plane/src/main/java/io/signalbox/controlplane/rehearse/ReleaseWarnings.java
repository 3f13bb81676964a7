package io.signalbox.controlplane.rehearse;

import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.validation.Warning;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Warns of what connected proxies will not be sent, as their release does not know it. Pure. */
final class ReleaseWarnings {
    private static final int MOST_NAMED = 5;

    private ReleaseWarnings() {}

    /**
     * @param source the resource that a need comes from
     * @param nodes releases by node id
     */
    static List<Warning> of(Map<ReleaseNeed, ResourceKey> needs, SortedMap<String, Release> nodes) {
        List<Warning> warnings = new ArrayList<>();
        needs.forEach((need, source) -> {
            List<String> without = nodes.entrySet().stream()
                    .filter(node -> !need.isMetBy(node.getValue()))
                    .map(node -> node.getKey() + " (" + node.getValue() + ")")
                    .toList();
            if (!without.isEmpty()) {
                warnings.add(new Warning(
                        "unknown-to-release",
                        need.field() + " of " + source + " needs Envoy " + need.since() + " and is not sent to "
                                + named(without),
                        List.of(source)));
            }
        });
        return warnings;
    }

    private static String named(Collection<String> nodes) {
        String first = nodes.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return nodes.size() <= MOST_NAMED ? first : first + " and " + (nodes.size() - MOST_NAMED) + " more";
    }
}
