package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.List;

/**
 * A route with what decides its precedence worked out. Sorts by precedence, the route to try first being the smallest:
 *
 * <ol>
 *   <li>higher {@code priority};
 *   <li>path: exact, then template, then regex, then prefix, longer prefixes first; of equally long ones those of whole
 *       segments before raw ones; then those with case before those without. Two regexes or templates are equal here, as
 *       neither length nor anything else of their text says which is the more specific: what follows decides, or
 *       {@code priority};
 *   <li>with methods before without;
 *   <li>more header conditions, then more cookie conditions, then more query conditions;
 *   <li>for some networks before for all, for gRPC before for all, for a fraction before for all;
 *   <li>created earlier, then the name, so that no two routes are equal.
 * </ol>
 */
record RankedRoute(ResolvedRoutes.Route resolved, RouteSpec spec, long pathStrength, long conditions, long created)
        implements Comparable<RankedRoute> {

    private static final long EXACT = 3;
    private static final long TEMPLATE = 2;
    private static final long REGEX = 1;

    static RankedRoute of(Resource<RouteSpec> route, List<ResolvedCanary> canaries) {
        RouteSpec spec = route.spec();
        RouteMatch match = spec.match();
        return new RankedRoute(
                new ResolvedRoutes.Route(
                        route.name(), match, spec.action(), spec.headers(), spec.policies(), canaries, List.of()),
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

    /** The kind of path weighs most, then of prefixes the length, whether they end at a segment, and case. */
    private static long pathStrength(PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            return EXACT << 32 | withCase(exact.ignoreCase());
        } else if (path instanceof PathMatch.Template) {
            return TEMPLATE << 32;
        } else if (path instanceof PathMatch.Prefix prefix) {
            return (long) prefix.prefix().length() << 2 | 2 | withCase(prefix.ignoreCase());
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            return (long) prefix.prefix().length() << 2 | withCase(prefix.ignoreCase());
        }
        return REGEX << 32;
    }

    private static long withCase(boolean ignored) {
        return ignored ? 0 : 1;
    }

    /** Numbers of 8 bits, the first weighing most. */
    private static long conditions(RouteMatch match) {
        long flags = (match.sources().isEmpty() ? 0 : 4)
                | (match.grpc() ? 2 : 0)
                | (match.fraction().isPresent() ? 1 : 0);
        long methods = match.methods().isEmpty() ? 0 : 1;
        return methods << 32
                | (long) match.headers().size() << 24
                | (long) match.cookies().size() << 16
                | (long) match.query().size() << 8
                | flags;
    }
}
