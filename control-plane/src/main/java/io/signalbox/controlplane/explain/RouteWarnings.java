package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.ResolvedRoutes.Host;
import io.signalbox.controlplane.explain.ShadowedRoutes.Covered;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.validation.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Warns of routes that can never be reached, and of routes with equal matches on the same host. Remembers what it found
 * for each virtual host while the matches there stay. For one thread.
 */
public final class RouteWarnings {
    private record Place(String listener, String host) {}

    /** @param matches of the routes, in precedence order */
    private record Found(List<Named> matches, List<Covered> covered) {}

    private record Named(String name, RouteMatch match) {}

    private Map<Place, Found> last = Map.of();

    /** All there are, in the order of the routes' names. */
    public List<Warning> of(ResolvedConfig config) {
        Map<Place, Found> now = new HashMap<>();
        // Of each route that is covered somewhere: by what, place by place.
        Map<String, Map<Place, Covered>> coveredAt = new TreeMap<>();
        config.routes()
                .forEach((listener, routes) -> routes.hosts().forEach(host -> {
                    Place place = new Place(listener, host.host());
                    Found found = found(place, host);
                    now.put(place, found);
                    found.covered.forEach(covered -> coveredAt
                            .computeIfAbsent(covered.route().name(), n -> new LinkedHashMap<>())
                            .put(place, covered));
                }));
        last = now;
        Map<String, Integer> places = coveredAt.isEmpty() ? Map.of() : places(config, coveredAt);
        List<Warning> warnings = new ArrayList<>();
        coveredAt.forEach((name, by) -> warn(name, by, places.getOrDefault(name, 0), warnings));
        return warnings;
    }

    private Found found(Place place, Host host) {
        Found known = last.get(place);
        if (known != null && hasMatches(host, known.matches)) {
            return known;
        }
        List<Named> matches = host.routes().stream()
                .map(route -> new Named(route.name(), route.match()))
                .toList();
        return new Found(matches, ShadowedRoutes.of(host.routes()));
    }

    private static boolean hasMatches(Host host, List<Named> matches) {
        if (host.routes().size() != matches.size()) {
            return false;
        }
        for (int i = 0; i < matches.size(); i++) {
            ResolvedRoutes.Route route = host.routes().get(i);
            Named named = matches.get(i);
            if (!route.name().equals(named.name) || !route.match().equals(named.match)) {
                return false;
            }
        }
        return true;
    }

    /** How many virtual hosts each of some routes is in. */
    private static Map<String, Integer> places(ResolvedConfig config, Map<String, ?> names) {
        Map<String, Integer> places = new HashMap<>();
        config.routes()
                .values()
                .forEach(routes -> routes.hosts()
                        .forEach(host -> host.routes().forEach(route -> {
                            if (names.containsKey(route.name())) {
                                places.merge(route.name(), 1, Integer::sum);
                            }
                        })));
        return places;
    }

    private static void warn(String name, Map<Place, Covered> coveredAt, int places, List<Warning> warnings) {
        for (Map.Entry<Place, Covered> entry : coveredAt.entrySet()) {
            Covered covered = entry.getValue();
            if (covered.by().match().equals(covered.route().match())) {
                warnings.add(new Warning(
                        "equal-matches",
                        "route " + name + " has the same match as route "
                                + covered.by().name() + ", which goes first on host "
                                + entry.getKey().host() + " and takes all of its requests",
                        keys(name, List.of(covered.by()))));
                return;
            }
        }
        if (coveredAt.size() == places) {
            List<ResolvedRoutes.Route> by =
                    coveredAt.values().stream().map(Covered::by).distinct().toList();
            warnings.add(new Warning(
                    "unreachable",
                    "route " + name + " can never be reached: "
                            + String.join(
                                    ", ",
                                    by.stream().map(r -> "route " + r.name()).toList())
                            + " goes first and takes all that it could take",
                    keys(name, by)));
        }
    }

    private static List<ResourceKey> keys(String name, List<ResolvedRoutes.Route> others) {
        List<ResourceKey> keys = new ArrayList<>();
        keys.add(new ResourceKey(Kind.ROUTE, name));
        others.forEach(other -> keys.add(new ResourceKey(Kind.ROUTE, other.name())));
        return keys;
    }
}
