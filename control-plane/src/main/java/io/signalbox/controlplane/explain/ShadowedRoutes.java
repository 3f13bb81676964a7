package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of one virtual host that never get a request, as an earlier one takes all they could take. Sound, not
 * complete; a route is found to be covered by an earlier one when
 *
 * <ul>
 *   <li>the earlier one's path is the same, or a prefix that the later one's exact path or prefix is below;
 *   <li>the earlier one is for all methods, or for each of the later one's;
 *   <li>each of the earlier one's conditions on headers, cookies and the query is one of the later one's, or asks that
 *       something is there of which the later one asks for a value.
 * </ul>
 *
 * <p>Looks up the earlier routes by path and by one of their conditions, so that it stays near linear with many routes.
 */
final class ShadowedRoutes {
    /** Everything that is asked of a request besides path and method. The value is the condition of the model. */
    private record Demand(Object condition) {}

    /** @param route what never gets a request because of {@code by} */
    record Covered(ResolvedRoutes.Route route, ResolvedRoutes.Route by) {}

    private record Earlier(ResolvedRoutes.Route route, Set<Demand> demands) {}

    /** Of earlier routes with one path, by one of their demands; those without any under the empty one. */
    private final Map<PathMatch, Map<Optional<Demand>, List<Earlier>>> byPath = new HashMap<>();

    private ShadowedRoutes() {}

    /**
     * @param routes in precedence order
     * @return in precedence order
     */
    static List<Covered> of(List<ResolvedRoutes.Route> routes) {
        ShadowedRoutes earlier = new ShadowedRoutes();
        List<Covered> covered = new ArrayList<>();
        for (ResolvedRoutes.Route route : routes) {
            Set<Demand> demands = demands(route.match());
            Optional<ResolvedRoutes.Route> by = earlier.findCovering(route.match(), demands);
            // A covered route covers nothing that the route which covers it does not.
            by.ifPresentOrElse(b -> covered.add(new Covered(route, b)), () -> earlier.add(route, demands));
        }
        return covered;
    }

    private void add(ResolvedRoutes.Route route, Set<Demand> demands) {
        Map<Optional<Demand>, List<Earlier>> samePath =
                byPath.computeIfAbsent(route.match().path(), path -> new HashMap<>());
        Optional<Demand> key = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (Demand demand : demands) {
            int size = samePath.getOrDefault(Optional.of(demand), List.of()).size();
            if (size < fewest) {
                fewest = size;
                key = Optional.of(demand);
            }
        }
        samePath.computeIfAbsent(key, k -> new ArrayList<>()).add(new Earlier(route, demands));
    }

    private Optional<ResolvedRoutes.Route> findCovering(RouteMatch match, Set<Demand> demands) {
        Set<Demand> implied = implied(match, demands);
        for (PathMatch path : widerPaths(match.path())) {
            Map<Optional<Demand>, List<Earlier>> samePath = byPath.get(path);
            if (samePath == null) {
                continue;
            }
            Optional<ResolvedRoutes.Route> found =
                    firstCovering(samePath.getOrDefault(Optional.empty(), List.of()), match, implied);
            for (Demand demand : implied) {
                if (found.isPresent()) {
                    break;
                }
                found = firstCovering(samePath.getOrDefault(Optional.of(demand), List.of()), match, implied);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ResolvedRoutes.Route> firstCovering(
            List<Earlier> candidates, RouteMatch match, Set<Demand> implied) {
        for (Earlier candidate : candidates) {
            List<String> methods = candidate.route.match().methods();
            boolean takesMethods =
                    methods.isEmpty() || (!match.methods().isEmpty() && methods.containsAll(match.methods()));
            if (takesMethods && implied.containsAll(candidate.demands)) {
                return Optional.of(candidate.route);
            }
        }
        return Optional.empty();
    }

    /** The same path, and every prefix it is below, which there are only as many of as it has slashes. */
    private static List<PathMatch> widerPaths(PathMatch path) {
        List<PathMatch> wider = new ArrayList<>(List.of(path));
        String text;
        if (path instanceof PathMatch.Exact exact) {
            text = exact.path();
        } else if (path instanceof PathMatch.Prefix prefix) {
            text = prefix.prefix();
        } else {
            return wider;
        }
        if (path instanceof PathMatch.Exact) {
            wider.add(new PathMatch.Prefix(text));
        }
        for (int slash = text.lastIndexOf('/'); slash >= 0; slash = text.lastIndexOf('/', slash - 1)) {
            wider.add(new PathMatch.Prefix(text.substring(0, slash + 1)));
            wider.add(new PathMatch.Prefix(text.substring(0, slash)));
        }
        return wider;
    }

    private static Set<Demand> demands(RouteMatch match) {
        Set<Demand> demands = new HashSet<>();
        match.headers().forEach(header -> demands.add(new Demand(header)));
        match.cookies().forEach(cookie -> demands.add(new Demand(cookie)));
        match.query().forEach(query -> demands.add(new Demand(query)));
        return demands;
    }

    /** With what follows: a condition on a value holds only where there is one, an inverted one included. */
    private static Set<Demand> implied(RouteMatch match, Set<Demand> demands) {
        Set<Demand> implied = new HashSet<>(demands);
        ValueMatch there = new ValueMatch.Present(true);
        for (HeaderMatch header : match.headers()) {
            if (!(header.value() instanceof ValueMatch.Present)) {
                implied.add(new Demand(new HeaderMatch(header.name(), there, false)));
            }
        }
        for (CookieMatch cookie : match.cookies()) {
            if (!(cookie.value() instanceof ValueMatch.Present)) {
                implied.add(new Demand(new CookieMatch(cookie.name(), there)));
            }
        }
        for (QueryMatch query : match.query()) {
            if (!(query.value() instanceof ValueMatch.Present)) {
                implied.add(new Demand(new QueryMatch(query.name(), there)));
            }
        }
        return implied;
    }
}
