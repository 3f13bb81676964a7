package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * A route with what decides its precedence worked out. Sorts by precedence, the route to try first being the smallest:
 *
 * <ol>
 *   <li>higher {@code priority};
 *   <li>path: exact, then regex, then prefix, longer prefixes first. Two regexes are equal here, as neither length nor
 *       anything else of their text says which is the more specific: what follows decides, or {@code priority};
 *   <li>with methods before without;
 *   <li>more header conditions, then more cookie conditions, then more query conditions;
 *   <li>created earlier, then the name, so that no two routes are equal.
 * </ol>
 */
record RankedRoute(
        ResolvedRoutes.Route resolved,
        RouteSpec spec,
        int pathRank,
        int prefixLength,
        boolean hasMethods,
        long createdRevision)
        implements Comparable<RankedRoute> {

    // Ranks leave room for path templates, which will go between exact paths and regexes.
    private static final int EXACT = 0;
    private static final int REGEX = 2;
    private static final int PREFIX = 3;

    private static final Comparator<RankedRoute> PRECEDENCE = Comparator.<RankedRoute>comparingInt(
                    r -> r.spec.priority())
            .reversed()
            .thenComparingInt(RankedRoute::pathRank)
            .thenComparing(Comparator.comparingInt(RankedRoute::prefixLength).reversed())
            .thenComparing(r -> !r.hasMethods)
            .thenComparing(most(r -> r.spec.match().headers().size()))
            .thenComparing(most(r -> r.spec.match().cookies().size()))
            .thenComparing(most(r -> r.spec.match().query().size()))
            .thenComparingLong(RankedRoute::createdRevision)
            .thenComparing(RankedRoute::name);

    static RankedRoute of(Resource<RouteSpec> route) {
        RouteSpec spec = route.spec();
        RouteMatch match = spec.match();
        return new RankedRoute(
                new ResolvedRoutes.Route(route.name(), match, spec.action()),
                spec,
                pathRank(match.path()),
                match.path() instanceof PathMatch.Prefix prefix
                        ? prefix.prefix().length()
                        : 0,
                !match.methods().isEmpty(),
                route.createdRevision());
    }

    String name() {
        return resolved.name();
    }

    @Override
    public int compareTo(RankedRoute other) {
        return PRECEDENCE.compare(this, other);
    }

    private static int pathRank(PathMatch path) {
        if (path instanceof PathMatch.Exact) {
            return EXACT;
        }
        return path instanceof PathMatch.Regex ? REGEX : PREFIX;
    }

    private static Comparator<RankedRoute> most(ToIntFunction<RankedRoute> count) {
        return Comparator.comparingInt(count).reversed();
    }
}
