package io.signalbox.controlplane.explain;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.ResolvedRoutes.Host;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.RouteArms;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A config as proxies get it, and as the routing library reads that. Any thread. */
final class CompiledConfig {
    private final Config config;
    private final ResolvedConfig resolved;
    private final XdsResources xds;
    private final List<EdgePolicy> chains;
    private final Map<String, RouteTable> tables = new ConcurrentHashMap<>();

    private CompiledConfig(Config config, ResolvedConfig resolved, XdsResources xds) {
        this.config = config;
        this.resolved = resolved;
        this.xds = xds;
        this.chains = of(xds, ResourceType.LISTENER).values().stream()
                .flatMap(proto -> EdgePolicy.allOf((Listener) proto).stream())
                .toList();
    }

    static CompiledConfig of(Config config, Translator translator) {
        ResolvedConfig resolved = Compiler.compile(config);
        return new CompiledConfig(config, resolved, translator.translate(resolved));
    }

    private static Map<String, com.google.protobuf.Message> of(XdsResources xds, ResourceType type) {
        return Objects.requireNonNull(xds.byType().get(type));
    }

    Config config() {
        return config;
    }

    ResolvedConfig resolved() {
        return resolved;
    }

    /** Those of listeners that speak HTTP, by the listeners' names. */
    List<EdgePolicy> chains() {
        return chains;
    }

    RouteConfiguration routes(String listener) {
        return (RouteConfiguration)
                Objects.requireNonNull(of(xds, ResourceType.ROUTE).get(listener));
    }

    /** The table of a listener, parsed when it is first asked for. */
    RouteTable table(String listener) {
        return tables.computeIfAbsent(listener, name -> parse(routes(name)));
    }

    static RouteTable parse(RouteConfiguration proto) {
        try {
            return RouteTable.parse(proto);
        } catch (InvalidRouteConfiguration e) {
            throw new IllegalStateException("routes of our own cannot be read: " + e.getMessage(), e);
        }
    }

    /** The routes of a virtual host in precedence order. */
    List<ResolvedRoutes.Route> inOrder(String listener, String virtualHost) {
        return Optional.ofNullable(resolved.routes().get(listener)).stream()
                .flatMap(routes -> routes.hosts().stream())
                .filter(host -> host.host().equals(virtualHost))
                .findFirst()
                .map(Host::routes)
                .orElse(List.of());
    }

    /** Whose the arms are of each route that this one is on proxies; empty where nothing divides it. */
    List<List<Optional<Membership>>> arms(String listener, String virtualHost, String route) {
        return inOrder(listener, virtualHost).stream()
                .filter(each -> each.name().equals(route))
                .findFirst()
                .map(RouteArms::of)
                .orElse(List.of());
    }
}
