package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.ResolvedRoutes.Host;
import io.signalbox.controlplane.compile.ResolvedRoutes.Route;
import io.signalbox.controlplane.model.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Configs in which some routes are as they were before. Pure. */
final class WithheldRoutes {
    private WithheldRoutes() {}

    /** What a listener does by a route: for each host its match and action; empty when there is no such route. */
    static Map<String, Route> definition(ResolvedConfig config, String listener, String route) {
        Map<String, Route> byHost = new HashMap<>();
        for (Host host : hosts(config, listener)) {
            find(host.routes(), route).ifPresent(r -> byHost.put(host.host(), r));
        }
        return byHost;
    }

    /** The routes of a listener that are not, or not so, in the earlier config. */
    static Set<String> changed(ResolvedConfig earlier, ResolvedConfig later, String listener) {
        Set<String> names = names(later, listener);
        names.removeIf(name -> definition(later, listener, name).equals(definition(earlier, listener, name)));
        return names;
    }

    /** The routes of a listener that send requests to some of the pools. */
    static Set<String> using(ResolvedConfig config, String listener, Set<String> pools) {
        Set<String> names = names(config, listener);
        names.removeIf(name -> definition(config, listener, name).values().stream()
                .noneMatch(route -> pools(route).stream().anyMatch(pools::contains)));
        return names;
    }

    /**
     * The current config, except that some routes of a listener are as they were when all was well, or absent if they
     * were not there; the pools they need are in it.
     */
    static ResolvedConfig withhold(
            ResolvedConfig current, ResolvedConfig lastGood, String listener, Set<String> routes) {
        Map<String, List<Route>> now = byHost(current, listener);
        Map<String, List<Route>> before = byHost(lastGood, listener);
        Set<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        List<Host> hosts = new ArrayList<>();
        for (String host : names) {
            List<Route> merged = merge(now.getOrDefault(host, List.of()), before.getOrDefault(host, List.of()), routes);
            if (!merged.isEmpty()) {
                hosts.add(new Host(host, merged));
            }
        }
        SortedMap<String, ResolvedRoutes> all = new TreeMap<>(current.routes());
        all.put(listener, new ResolvedRoutes(listener, hosts));
        return new ResolvedConfig(
                current.revision(), current.listeners(), all, pools(current, lastGood, hosts), current.certificates());
    }

    private static List<Route> merge(List<Route> now, List<Route> before, Set<String> withheld) {
        List<Route> merged = new ArrayList<>();
        for (Route route : now) {
            if (!withheld.contains(route.name())) {
                merged.add(route);
            } else {
                // Only what the match says decides over the place among the others.
                find(before, route.name())
                        .filter(b -> b.match().equals(route.match()))
                        .ifPresent(merged::add);
            }
        }
        for (int i = 0; i < before.size(); i++) {
            Route route = before.get(i);
            if (withheld.contains(route.name()) && find(merged, route.name()).isEmpty()) {
                merged.add(placeAfter(merged, before.subList(0, i)), route);
            }
        }
        return merged;
    }

    /** Right after the last of its predecessors that is still there. */
    private static int placeAfter(List<Route> merged, List<Route> predecessors) {
        for (int i = predecessors.size() - 1; i >= 0; i--) {
            for (int place = 0; place < merged.size(); place++) {
                if (merged.get(place).name().equals(predecessors.get(i).name())) {
                    return place + 1;
                }
            }
        }
        return 0;
    }

    private static SortedMap<String, ResolvedPool> pools(
            ResolvedConfig current, ResolvedConfig lastGood, Collection<Host> hosts) {
        SortedMap<String, ResolvedPool> pools = new TreeMap<>(current.pools());
        for (Host host : hosts) {
            for (Route route : host.routes()) {
                for (String name : pools(route)) {
                    ResolvedPool old = lastGood.pools().get(name);
                    if (old != null) {
                        pools.putIfAbsent(name, old);
                    }
                }
            }
        }
        return pools;
    }

    private static List<String> pools(Route route) {
        return route.action() instanceof Action.Forward forward
                ? forward.pools().stream().map(Action.WeightedPool::pool).toList()
                : List.of();
    }

    private static Set<String> names(ResolvedConfig config, String listener) {
        Set<String> names = new TreeSet<>();
        hosts(config, listener).forEach(host -> host.routes().forEach(route -> names.add(route.name())));
        return names;
    }

    private static Map<String, List<Route>> byHost(ResolvedConfig config, String listener) {
        Map<String, List<Route>> byHost = new HashMap<>();
        hosts(config, listener).forEach(host -> byHost.put(host.host(), host.routes()));
        return byHost;
    }

    private static List<Host> hosts(ResolvedConfig config, String listener) {
        ResolvedRoutes routes = config.routes().get(listener);
        return routes == null ? List.of() : routes.hosts();
    }

    private static Optional<Route> find(List<Route> routes, String name) {
        return routes.stream().filter(route -> route.name().equals(name)).findFirst();
    }
}
