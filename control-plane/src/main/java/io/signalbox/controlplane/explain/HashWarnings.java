package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.validation.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of routes that hash for nothing, and of pools that choose by a hash which a route does not make. */
final class HashWarnings {
    private HashWarnings() {}

    /** In the order of the routes' names. */
    static List<Warning> of(Config config) {
        List<Warning> warnings = new ArrayList<>();
        config.routes().values().forEach(route -> warn(route, config, warnings));
        return warnings;
    }

    private static void warn(Resource<RouteSpec> route, Config config, List<Warning> warnings) {
        if (!(route.spec().action() instanceof Forward forward)) {
            return;
        }
        List<String> byHash = forward.pools().stream()
                .map(WeightedPool::pool)
                .distinct()
                .filter(pool -> choosesByHash(config.pools().get(pool)))
                .toList();
        if (forward.hash().isEmpty() && !byHash.isEmpty()) {
            warnings.add(new Warning(
                    "hash-missing",
                    "route " + route.name() + " says nothing of what pool " + String.join(", ", byHash)
                            + " is to choose a server by, so any server takes its requests",
                    keys(route.name(), byHash)));
        } else if (!forward.hash().isEmpty() && byHash.isEmpty()) {
            List<String> pools =
                    forward.pools().stream().map(WeightedPool::pool).distinct().toList();
            warnings.add(new Warning(
                    "hash-unused",
                    "route " + route.name() + " says what to choose a server by, but pool " + String.join(", ", pools)
                            + " does not choose by a hash (ringHash, maglev)",
                    keys(route.name(), pools)));
        }
    }

    private static boolean choosesByHash(@Nullable Resource<PoolSpec> pool) {
        return pool != null
                && (pool.spec().loadBalancing() instanceof LoadBalancing.RingHash
                        || pool.spec().loadBalancing() instanceof LoadBalancing.Maglev);
    }

    private static List<ResourceKey> keys(String route, List<String> pools) {
        return Stream.concat(
                        Stream.of(new ResourceKey(Kind.ROUTE, route)),
                        pools.stream().map(pool -> new ResourceKey(Kind.POOL, pool)))
                .toList();
    }
}
