package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The successive route tables of one listener. Remembers the last one, to hand out again what did not change. */
final class RouteTables {
    /** @param clusters every cluster that some route names, also with weight 0 */
    record RouteTable(RouteConfiguration configuration, Set<String> clusters) {}

    private static final String EVERY_HOST = "*";

    private @Nullable ResolvedRoutes lastRoutes;
    private @Nullable RouteTable lastTable;
    private Map<String, VirtualHosts> hosts = Map.of();

    RouteTable translate(ResolvedRoutes routes) {
        if (lastTable != null && routes.equals(lastRoutes)) {
            return lastTable;
        }
        RouteTable table = table(routes);
        lastRoutes = routes;
        lastTable = table;
        return table;
    }

    private RouteTable table(ResolvedRoutes routes) {
        RouteConfiguration.Builder configuration =
                RouteConfiguration.newBuilder().setName(routes.listener()).setIgnorePortInHostMatching(true);
        Headers.set(configuration, routes.everywhere().headers());
        configuration.putAllTypedPerFilterConfig(
                HttpFilters.configs(routes.everywhere().policies()));
        Set<String> clusters = new HashSet<>();
        Map<String, VirtualHosts> used = new HashMap<>();
        for (ResolvedRoutes.Host host : hosts(routes)) {
            VirtualHosts known = hosts.get(host.host());
            VirtualHosts ofHost = known == null ? new VirtualHosts() : known;
            used.put(host.host(), ofHost);
            VirtualHosts.Translated translated = ofHost.translate(host, routes.redirectToHttps());
            configuration.addVirtualHosts(translated.virtualHost());
            clusters.addAll(translated.clusters());
        }
        hosts = used;
        return new RouteTable(configuration.build(), Collections.unmodifiableSortedSet(new TreeSet<>(clusters)));
    }

    /** A redirect to HTTPS is for every host, also for those without routes. */
    private static List<ResolvedRoutes.Host> hosts(ResolvedRoutes routes) {
        boolean forAll = routes.hosts().stream().anyMatch(host -> host.host().equals(EVERY_HOST));
        if (routes.redirectToHttps().isEmpty() || forAll) {
            return routes.hosts();
        }
        List<ResolvedRoutes.Host> hosts = new ArrayList<>(routes.hosts());
        hosts.add(new ResolvedRoutes.Host(EVERY_HOST, List.of(), Optional.empty()));
        return hosts;
    }
}
