package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.HttpsRedirect;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.RouteMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one listener serves.
 *
 * @param everywhere what the listener says for all of them
 * @param hosts one for each distinct host of its routes, and for each with an answer to what no route takes, in name order; which of them a request goes to is Envoy's rule
 *     (exact, longest {@code *.suffix}, longest {@code prefix.*}, {@code *})
 * @param redirectToHttps what becomes of requests that came without TLS, before any route is looked for
 */
public record ResolvedRoutes(
        String listener, ListenerWide everywhere, List<Host> hosts, Optional<ToHttps> redirectToHttps) {
    public ResolvedRoutes {
        hosts = List.copyOf(hosts);
    }

    /** @param authorization whether the listener has requests authorized, which these need not be */
    public record ToHttps(HttpsRedirect redirect, boolean authorization) {}

    /**
     * @param host lower case
     * @param routes in precedence order: the first whose match fits takes the request
     * @param virtualHost what belongs to the host as a whole, if anything does
     */
    public record Host(String host, List<Route> routes, Optional<ResolvedVirtualHost> virtualHost) {
        public Host {
            routes = List.copyOf(routes);
        }
    }

    /**
     * @param name the name of the route resource
     * @param canaries under way for pools that it sends to
     * @param experiments running on it, all of one layer
     */
    public record Route(
            String name,
            RouteMatch match,
            Action action,
            HeaderEdits headers,
            Policies policies,
            List<ResolvedCanary> canaries,
            List<ResolvedExperiment> experiments) {
        public Route {
            canaries = List.copyOf(canaries);
            experiments = List.copyOf(experiments);
        }

        Route with(List<ResolvedExperiment> others) {
            return new Route(name, match, action, headers, policies, canaries, others);
        }

        /** The pools that a request may go to, those of canaries and experiments too, and those that get copies. */
        public List<String> pools() {
            return action instanceof Action.Forward forward
                    ? Stream.of(
                                    forward.allPoolNames().stream(),
                                    canaries.stream().map(ResolvedCanary::canary),
                                    experiments.stream().flatMap(each -> each.pools().stream()))
                            .flatMap(names -> names)
                            .distinct()
                            .toList()
                    : List.of();
        }
    }
}
