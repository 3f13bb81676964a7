package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.RouteMatch;
import java.util.List;

/**
 * What one listener serves.
 *
 * @param hosts one for each distinct host of its routes, in name order; which of them a request goes to is Envoy's rule
 *     (exact, longest {@code *.suffix}, longest {@code prefix.*}, {@code *})
 */
public record ResolvedRoutes(String listener, List<Host> hosts) {
    public ResolvedRoutes {
        hosts = List.copyOf(hosts);
    }

    /**
     * @param host lower case
     * @param routes in precedence order: the first whose match fits takes the request
     */
    public record Host(String host, List<Route> routes) {
        public Host {
            routes = List.copyOf(routes);
        }
    }

    /** @param name the name of the route resource */
    public record Route(String name, RouteMatch match, Action action) {}
}
