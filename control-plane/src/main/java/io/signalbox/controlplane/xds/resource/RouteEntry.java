package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.util.List;

/**
 * A translated route with what the matcher tree needs to place it. Compares by identity: lists of entries are compared
 * on every change, and an entry that did not change is the same object.
 */
final class RouteEntry {
    private final PathMatch path;
    private final String literalPrefix;
    private final Route route;
    private final List<String> clusters;

    private RouteEntry(PathMatch path, Route route, List<String> clusters) {
        this.path = path;
        this.literalPrefix = LiteralPrefix.of(path);
        this.route = route;
        this.clusters = clusters;
    }

    static RouteEntry of(ResolvedRoutes.Route route) {
        return new RouteEntry(route.match().path(), Routes.route(route), Actions.clusters(route.action()));
    }

    /** What every path that this route takes starts with. */
    String literalPrefix() {
        return literalPrefix;
    }

    Route route() {
        return route;
    }

    /** Every cluster it names, also with weight 0. */
    List<String> clusters() {
        return clusters;
    }

    /**
     * Whether it can take some path that starts with this text. False only if that is certain.
     *
     * @param start starts with {@link #literalPrefix()} and holds no {@code ?}
     */
    boolean canTakePathsFrom(String start) {
        if (path instanceof PathMatch.Exact) {
            return start.length() == literalPrefix.length();
        }
        return !(path instanceof PathMatch.Prefix)
                || start.length() == literalPrefix.length()
                || literalPrefix.endsWith("/")
                || start.charAt(literalPrefix.length()) == '/';
    }
}
