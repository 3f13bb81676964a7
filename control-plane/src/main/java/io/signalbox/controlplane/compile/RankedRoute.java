package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteSpec;

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
record RankedRoute(ResolvedRoutes.Route resolved, RouteSpec spec, long pathStrength, long conditions, long created)
        implements Comparable<RankedRoute> {

    // Strengths leave room for path templates, which will go between exact paths and regexes.
    private static final long EXACT = 3;
    private static final long REGEX = 1;

    static RankedRoute of(Resource<RouteSpec> route) {
        RouteSpec spec = route.spec();
        RouteMatch match = spec.match();
        return new RankedRoute(
                new ResolvedRoutes.Route(route.name(), match, spec.action(), spec.headers()),
                spec,
                pathStrength(match.path()),
                conditions(match),
                route.createdRevision());
    }

    String name() {
        return resolved.name();
    }

    /** Written out, as it is called a hundred thousand times for ten thousand routes. */
    @Override
    public int compareTo(RankedRoute other) {
        int order = Integer.compare(other.spec.priority(), spec.priority());
        if (order == 0) {
            order = Long.compare(other.pathStrength, pathStrength);
        }
        if (order == 0) {
            order = Long.compare(other.conditions, conditions);
        }
        if (order == 0) {
            order = Long.compare(created, other.created);
        }
        return order == 0 ? name().compareTo(other.name()) : order;
    }

    /** Of prefixes the length, which is below the strength of every other kind. */
    private static long pathStrength(PathMatch path) {
        if (path instanceof PathMatch.Prefix prefix) {
            return prefix.prefix().length();
        }
        return (path instanceof PathMatch.Exact ? EXACT : REGEX) << 32;
    }

    /** Four numbers of 16 bits, the first weighing most. */
    private static long conditions(RouteMatch match) {
        long methods = match.methods().isEmpty() ? 0 : 1;
        return methods << 48
                | (long) match.headers().size() << 32
                | (long) match.cookies().size() << 16
                | match.query().size();
    }
}
