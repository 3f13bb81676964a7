package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.PathTemplate;
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
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The routes of one virtual host that never get a request, as an earlier one takes all they could take. Sound, not
 * complete; a route is found to be covered by an earlier one when
 *
 * <ul>
 *   <li>the earlier one's path is the same, or a prefix that the later one's exact path, prefix or template is below;
 *   <li>the earlier one is for all methods, or for each of the later one's;
 *   <li>each of the earlier one's other conditions is one of the later one's, or asks that something is there of which the
 *       later one asks for a value. Equal fractions take the same requests, as one random value decides over all.
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

    /** Of the raw prefixes among the earlier routes. */
    private final SortedSet<Integer> rawPrefixLengths = new TreeSet<>();

    private ShadowedRoutes() {}

    /**
     * @param routes in precedence order
     * @return in precedence order
     */
    static List<Covered> of(List<ResolvedRoutes.Route> routes) {
        ShadowedRoutes others = new ShadowedRoutes();
        ShadowedRoutes tunnels = new ShadowedRoutes();
        List<Covered> covered = new ArrayList<>();
        for (ResolvedRoutes.Route route : routes) {
            // Neither takes what the other does.
            ShadowedRoutes earlier =
                    route.action() instanceof Action.Forward forward && forward.tunnels() ? tunnels : others;
            Set<Demand> demands = demands(route.match());
            Optional<ResolvedRoutes.Route> by = earlier.findCovering(route.match(), demands);
            // A covered route covers nothing that the route which covers it does not.
            by.ifPresentOrElse(b -> covered.add(new Covered(route, b)), () -> earlier.add(route, demands));
        }
        return covered;
    }

    private void add(ResolvedRoutes.Route route, Set<Demand> demands) {
        if (route.match().path() instanceof PathMatch.RawPrefix prefix) {
            rawPrefixLengths.add(prefix.prefix().length());
        }
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

    /** The same path, and every prefix it is below, of whole segments only as many as it has slashes. */
    private List<PathMatch> widerPaths(PathMatch path) {
        List<PathMatch> wider = new ArrayList<>(List.of(path));
        if (path instanceof PathMatch.Exact exact) {
            addWider(exact.path(), exact.ignoreCase(), wider);
            wider.add(new PathMatch.Exact(exact.path(), true));
            addPrefix(exact.path(), exact.ignoreCase(), wider);
        } else if (path instanceof PathMatch.Prefix prefix) {
            addWider(prefix.prefix(), prefix.ignoreCase(), wider);
            addPrefix(prefix.prefix(), prefix.ignoreCase(), wider);
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            addWider(prefix.prefix(), prefix.ignoreCase(), wider);
        } else if (path instanceof PathMatch.Template template) {
            addWider(PathTemplate.parse(template.template()).start(), false, wider);
        }
        return wider;
    }

    /** The prefixes of every path that starts with this text. */
    private void addWider(String text, boolean ignoreCase, List<PathMatch> wider) {
        for (int slash = text.lastIndexOf('/'); slash >= 0; slash = text.lastIndexOf('/', slash - 1)) {
            addPrefix(text.substring(0, slash + 1), ignoreCase, wider);
            addPrefix(text.substring(0, slash), ignoreCase, wider);
        }
        for (int length : rawPrefixLengths) {
            if (length <= text.length()) {
                String start = text.substring(0, length);
                wider.add(new PathMatch.RawPrefix(start, true));
                if (!ignoreCase) {
                    wider.add(new PathMatch.RawPrefix(start, false));
                }
            }
        }
    }

    /** What is for any case is for one, too. */
    private static void addPrefix(String prefix, boolean ignoreCase, List<PathMatch> wider) {
        wider.add(new PathMatch.Prefix(prefix, true));
        if (!ignoreCase) {
            wider.add(new PathMatch.Prefix(prefix, false));
        }
    }

    private static Set<Demand> demands(RouteMatch match) {
        Set<Demand> demands = new HashSet<>();
        match.headers().forEach(header -> demands.add(new Demand(header)));
        match.cookies().forEach(cookie -> demands.add(new Demand(cookie)));
        match.query().forEach(query -> demands.add(new Demand(query)));
        if (!match.sources().isEmpty()) {
            demands.add(new Demand(Set.copyOf(match.sources())));
        }
        if (match.grpc()) {
            demands.add(new Demand("grpc"));
        }
        match.fraction().ifPresent(fraction -> demands.add(new Demand(fraction)));
        return demands;
    }

    /** With what follows: a condition on a value holds only where there is one, an inverted one included. */
    private static Set<Demand> implied(RouteMatch match, Set<Demand> demands) {
        Set<Demand> implied = new HashSet<>(demands);
        ValueMatch there = new ValueMatch.Present(true);
        for (HeaderMatch header : match.headers()) {
            if (!(header.value() instanceof ValueMatch.Present) && !header.missingAsEmpty()) {
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
