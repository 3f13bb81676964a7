package io.signalbox.cli.routecheck;

import io.signalbox.cli.routecheck.CheckedRoutes.CheckedRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which routes were tested, and what of them. Not thread-safe. */
final class Coverage {
    private final List<CheckedRoute> routes;
    /** By number of the route the fields of {@code validate}; of a route that was tested at all there is an entry. */
    private final Map<Integer, Set<String>> tested = new HashMap<>();

    Coverage(List<CheckedRoute> routes) {
        this.routes = routes;
    }

    /** @param route that took the request of the test; negative for none */
    void add(int route, RouteTest test) {
        if (route >= 0) {
            tested.computeIfAbsent(route, r -> new TreeSet<>())
                    .addAll(test.expected().keySet());
        }
    }

    /** How many percent of the routes were tested with some field; 100 where there is none. */
    double ofRoutes() {
        return percent(tested.size(), routes.size());
    }

    /** How many percent of all fields of all routes that could be tested were. */
    double ofFields() {
        int all = 0;
        int missing = 0;
        for (int i = 0; i < routes.size(); i++) {
            all += fields(routes.get(i)).size();
            missing += untested(i).size();
        }
        return percent(all - missing, all);
    }

    /** What is not tested, a line for each route with something left. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            Set<String> untested = untested(i);
            if (!untested.isEmpty()) {
                missing.add(routes.get(i).place() + ": " + String.join(", ", untested));
            }
        }
        return missing;
    }

    private Set<String> untested(int route) {
        Set<String> untested = fields(routes.get(route));
        untested.removeAll(tested.getOrDefault(route, Set.of()));
        return untested;
    }

    private static Set<String> fields(CheckedRoute route) {
        Set<String> fields = new LinkedHashSet<>();
        fields.add("virtual_host_name");
        if (route.virtualHost().getVirtualClustersCount() > 0) {
            fields.add("virtual_cluster_name");
        }
        if (route.route().hasRoute()) {
            fields.addAll(List.of("cluster_name", "host_rewrite", "path_rewrite"));
        } else if (route.route().hasRedirect()) {
            fields.addAll(List.of("path_redirect", "code_redirect"));
        }
        return fields;
    }

    private static double percent(int some, int all) {
        return all == 0 ? 100 : 100.0 * some / all;
    }
}
