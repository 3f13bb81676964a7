package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Policy;
import io.signalbox.controlplane.model.Trust;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each listener serves, host by host, while it is collected. */
final class HostTables {
    private static final class Table {
        private final ListenerWide everywhere;
        private final ListenerEdge edge;
        private final SortedMap<String, List<ResolvedRoutes.Route>> routes = new TreeMap<>();
        private final Map<String, ResolvedVirtualHost> virtualHosts = new HashMap<>();

        Table(ListenerSpec listener) {
            everywhere = new ListenerWide(
                    AlternativeServices.told(listener),
                    new Policies(
                            Optional.empty(),
                            listener.edge().rateLimit().map(Policy.On::new),
                            listener.edge().maxRequestBody().map(Policy.On::new),
                            Optional.empty(),
                            Optional.empty()));
            edge = listener.edge();
        }

        Optional<ResolvedRoutes.ToHttps> toHttps() {
            return edge.redirectToHttps()
                    .map(redirect -> new ResolvedRoutes.ToHttps(
                            redirect, edge.authorization().isPresent()));
        }

        /** Not where all requests are redirected, as nobody is trusted to say that they came over TLS. */
        boolean isReached() {
            return edge.redirectToHttps().isEmpty()
                    || edge.trust().map(Trust::hops).orElse(0) > 0;
        }
    }

    private final Config config;
    private final Experiments experiments;
    private final SortedMap<String, Table> byListener = new TreeMap<>();

    private HostTables(Config config, Experiments experiments) {
        this.config = config;
        this.experiments = experiments;
        config.listeners().forEach((name, listener) -> {
            if (listener.spec().speaksHttp()) {
                byListener.put(name, new Table(listener.spec()));
            }
        });
    }

    /** @param ranked every route, in precedence order, which so becomes that of each host */
    static SortedMap<String, ResolvedRoutes> of(Config config, List<RankedRoute> ranked, Experiments experiments) {
        HostTables tables = new HostTables(config, experiments);
        for (RankedRoute route : ranked) {
            Map<String, ResolvedRoutes.Route> byHost = new LinkedHashMap<>();
            lowerCase(route.spec().hosts()).forEach(host -> byHost.put(host, tables.on(host, route)));
            for (String listener : tables.listeners(route.spec().listeners())) {
                Table table = tables.get(listener, "route", route.name());
                byHost.forEach((host, resolved) -> table.routes
                        .computeIfAbsent(host, h -> new ArrayList<>())
                        .add(resolved));
            }
        }
        config.virtualHosts().forEach((name, host) -> tables.add(new ResolvedVirtualHost(name, host.spec())));
        return tables.resolved();
    }

    /** The same object for all hosts but those of experiments. */
    private ResolvedRoutes.Route on(String host, RankedRoute route) {
        List<ResolvedExperiment> running = experiments.on(route.name(), route.spec(), host);
        return running.isEmpty() ? route.resolved() : route.resolved().with(running);
    }

    private void add(ResolvedVirtualHost host) {
        for (String listener : listeners(host.spec().listeners())) {
            Table table = get(listener, "virtual host", host.name());
            for (String name : lowerCase(host.spec().hosts())) {
                table.virtualHosts.put(name, host);
                if (host.spec().unmatched().isPresent()) {
                    table.routes.computeIfAbsent(name, h -> new ArrayList<>());
                }
            }
        }
    }

    private SortedMap<String, ResolvedRoutes> resolved() {
        SortedMap<String, ResolvedRoutes> resolved = new TreeMap<>();
        byListener.forEach((listener, table) -> {
            List<ResolvedRoutes.Host> hosts = new ArrayList<>();
            if (table.isReached()) {
                table.routes.forEach((host, routes) -> hosts.add(
                        new ResolvedRoutes.Host(host, routes, Optional.ofNullable(table.virtualHosts.get(host)))));
            }
            resolved.put(listener, new ResolvedRoutes(listener, table.everywhere, hosts, table.toHttps()));
        });
        return resolved;
    }

    private Table get(String listener, String kind, String name) {
        return Compiler.found(byListener.get(listener), kind, name, "listener", listener);
    }

    /** None named is all. */
    private Set<String> listeners(List<String> named) {
        return named.isEmpty() ? byListener.keySet() : new LinkedHashSet<>(named);
    }

    /** Host names ignore case (RFC 9110 section 4.2.3), and each is listed once however it is written. */
    private static Set<String> lowerCase(List<String> names) {
        Set<String> hosts = new LinkedHashSet<>();
        names.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return hosts;
    }
}
