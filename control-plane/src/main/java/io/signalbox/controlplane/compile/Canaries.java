package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The canaries of a config, as routes ask for them. */
final class Canaries {
    private final Map<String, List<Resource<CanarySpec>>> underWayByStable = new HashMap<>();
    private final TreeSet<String> pools = new TreeSet<>();

    Canaries(Config config) {
        for (Resource<CanarySpec> canary : config.canaries().values()) {
            CanarySpec spec = canary.spec();
            if (spec.isUnderWay()) {
                underWayByStable
                        .computeIfAbsent(spec.stable(), stable -> new ArrayList<>())
                        .add(canary);
            }
            if (spec.keepsPools()) {
                pools.add(spec.stable());
                pools.add(spec.canary());
            }
        }
    }

    /** In the order of their names. */
    List<ResolvedCanary> on(Resource<RouteSpec> route) {
        if (underWayByStable.isEmpty()
                || !(route.spec().action() instanceof Action.Forward forward)
                || !(forward.to() instanceof Action.Destination.Pools)) {
            return List.of();
        }
        return forward.poolNames().stream()
                .distinct()
                .flatMap(pool -> underWayByStable.getOrDefault(pool, List.of()).stream())
                .filter(canary -> canary.spec().isFor(route.name()))
                .map(Canaries::resolved)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    private static ResolvedCanary resolved(Resource<CanarySpec> canary) {
        CanarySpec spec = canary.spec();
        return new ResolvedCanary(
                canary.name(), spec.stable(), spec.canary(), spec.share(), spec.assignment(), spec.cookie());
    }

    /** Those that serve beside each other. */
    Collection<String> pools() {
        return pools;
    }
}
