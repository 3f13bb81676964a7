package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.ListenerWide;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.ResolvedRoutes.Host;
import io.signalbox.controlplane.compile.ResolvedRoutes.Route;
import io.signalbox.controlplane.compile.ResolvedRoutes.ToHttps;
import io.signalbox.controlplane.compile.ResolvedVirtualHost;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Configs in which some routes are as they were before. What stands beside the routes of a table, virtual hosts and what the
 * listener says for all, counts as a route named like its resource: {@code virtual-hosts/shop}. Pure.
 */
final class WithheldRoutes {
    private WithheldRoutes() {}

    /** What a listener does by a route: for each host its match and action; empty when there is no such route. */
    static Map<String, Object> definition(ResolvedConfig config, String listener, String route) {
        Map<String, Object> byHost = new HashMap<>();
        for (Host host : hosts(config, listener)) {
            find(host.routes(), route).ifPresent(r -> byHost.put(host.host(), r));
            host.virtualHost().filter(of -> name(of).equals(route)).ifPresent(of -> byHost.put(host.host(), of));
        }
        if (route.equals(name(listener))) {
            byHost.put("", everywhere(config, listener));
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
                .noneMatch(defined ->
                        defined instanceof Route route && route.pools().stream().anyMatch(pools::contains)));
        return names;
    }

    /**
     * The current config, except that some routes of a listener are as they were when all was well, or absent if they
     * were not there; the pools they need are in it.
     */
    static ResolvedConfig withhold(
            ResolvedConfig current, ResolvedConfig lastGood, String listener, Set<String> routes) {
        Map<String, Host> now = byHost(current, listener);
        Map<String, Host> before = byHost(lastGood, listener);
        Set<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        List<Host> hosts = new ArrayList<>();
        for (String host : names) {
            Host none = new Host(host, List.of(), Optional.empty());
            Host merged = merge(now.getOrDefault(host, none), before.getOrDefault(host, none), routes);
            if (!merged.routes().isEmpty() || answersUnmatched(merged)) {
                hosts.add(merged);
            }
        }
        ListenerWide everywhere = everywhere(routes.contains(name(listener)) ? lastGood : current, listener);
        SortedMap<String, ResolvedRoutes> all = new TreeMap<>(current.routes());
        Optional<ToHttps> redirect =
                Objects.requireNonNull(current.routes().get(listener)).redirectToHttps();
        all.put(listener, new ResolvedRoutes(listener, everywhere, hosts, redirect));
        return new ResolvedConfig(
                current.revision(), current.listeners(), all, pools(current, lastGood, hosts), current.certificates());
    }

    private static Host merge(Host now, Host before, Set<String> withheld) {
        List<Route> routes = merge(now.routes(), before.routes(), withheld);
        boolean asBefore =
                now.routes().isEmpty() && !routes.isEmpty() && now.virtualHost().isEmpty()
                        || Stream.of(now, before)
                                .flatMap(host -> host.virtualHost().stream())
                                .anyMatch(of -> withheld.contains(name(of)));
        return new Host(now.host(), routes, asBefore ? before.virtualHost() : now.virtualHost());
    }

    private static boolean answersUnmatched(Host host) {
        return host.virtualHost().flatMap(of -> of.spec().unmatched()).isPresent();
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
                for (String name : route.pools()) {
                    ResolvedPool old = lastGood.pools().get(name);
                    if (old != null) {
                        pools.putIfAbsent(name, old);
                    }
                }
            }
        }
        return pools;
    }

    private static Set<String> names(ResolvedConfig config, String listener) {
        Set<String> names = new TreeSet<>();
        hosts(config, listener).forEach(host -> {
            host.routes().forEach(route -> names.add(route.name()));
            host.virtualHost().ifPresent(of -> names.add(name(of)));
        });
        names.add(name(listener));
        return names;
    }

    private static String name(ResolvedVirtualHost host) {
        return new ResourceKey(Kind.VIRTUAL_HOST, host.name()).toString();
    }

    private static String name(String listener) {
        return new ResourceKey(Kind.LISTENER, listener).toString();
    }

    private static ListenerWide everywhere(ResolvedConfig config, String listener) {
        ResolvedRoutes routes = config.routes().get(listener);
        return routes == null ? ListenerWide.NOTHING : routes.everywhere();
    }

    private static Map<String, Host> byHost(ResolvedConfig config, String listener) {
        Map<String, Host> byHost = new HashMap<>();
        hosts(config, listener).forEach(host -> byHost.put(host.host(), host));
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
