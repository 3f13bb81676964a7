package io.signalbox.cli.routecheck;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.signalbox.cli.CommandFailure;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The route configuration that is checked. Its routes carry numbers in their names, so that it is known which of them
 * decided. Not thread-safe.
 */
final class CheckedRoutes {
    private static final char AFTER_NUMBER = '|';

    private final String file;
    private final RouteConfiguration numbered;
    private final List<CheckedRoute> routes = new ArrayList<>();
    private final Map<String, RouteTable> byRuntime = new HashMap<>();

    /**
     * One route.
     *
     * @param place for people, such as {@code shop: cart}
     */
    record CheckedRoute(String place, VirtualHost virtualHost, Route route) {}

    /** @throws CommandFailure when Envoy would refuse it */
    CheckedRoutes(String file, RouteConfiguration proto) {
        this.file = file;
        this.numbered = number(proto);
        table("");
    }

    private RouteConfiguration number(RouteConfiguration proto) {
        RouteConfiguration.Builder numbering = proto.toBuilder();
        for (VirtualHost.Builder host : numbering.getVirtualHostsBuilderList()) {
            VirtualHost original = host.build();
            // A tree may say one route in several places.
            Map<Route, Integer> ofHost = new HashMap<>();
            RouteRewriter rewriter = new RouteRewriter(route -> {
                int number = ofHost.computeIfAbsent(route, r -> add(original, r, ofHost.size()));
                return route.toBuilder()
                        .setName(number + "" + AFTER_NUMBER + route.getName())
                        .build();
            });
            VirtualHost rewritten = rewriter.rewrite(original);
            host.clear().mergeFrom(rewritten);
        }
        return numbering.build();
    }

    private int add(VirtualHost host, Route route, int before) {
        String name = route.getName().isEmpty() ? "route " + (before + 1) : route.getName();
        routes.add(new CheckedRoute(host.getName() + ": " + name, host, route));
        return routes.size() - 1;
    }

    List<CheckedRoute> routes() {
        return routes;
    }

    /** Of a decision's name for its route; negative for what no route decides. */
    static int number(String route) {
        int end = route.indexOf(AFTER_NUMBER);
        return end < 0 ? -1 : Integer.parseInt(route.substring(0, end));
    }

    /** As the configuration says it. */
    static String name(String route) {
        return route.substring(route.indexOf(AFTER_NUMBER) + 1);
    }

    /** What decides while a runtime setting is enabled; with an empty key none is. */
    RouteTable table(String runtime) {
        return byRuntime.computeIfAbsent(runtime, key -> {
            try {
                return RouteTable.parse(new RouteRewriter(route -> withRuntime(route, key)).rewrite(numbered));
            } catch (InvalidRouteConfiguration e) {
                throw new CommandFailure(file + ": " + e.getMessage(), e);
            }
        });
    }

    /**
     * A route for a fraction of requests is for none while its setting is not enabled; a numerator of 0 counts as 1, so
     * that a random value of 0 shows what the route would do.
     */
    private static Route withRuntime(Route route, String enabled) {
        if (!route.getMatch().hasRuntimeFraction()) {
            return route;
        }
        RuntimeFractionalPercent fraction = route.getMatch().getRuntimeFraction();
        boolean takesPart =
                fraction.getRuntimeKey().isEmpty() || fraction.getRuntimeKey().equals(enabled);
        Route.Builder changed = route.toBuilder();
        int numerator = takesPart ? Math.max(1, fraction.getDefaultValue().getNumerator()) : 0;
        changed.getMatchBuilder()
                .getRuntimeFractionBuilder()
                .getDefaultValueBuilder()
                .setNumerator(numerator);
        return changed.build();
    }
}
