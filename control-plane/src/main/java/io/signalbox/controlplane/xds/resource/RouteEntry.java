package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
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

    /** What answers when no route of a host does. Its name says whose answer it is and is no route's. */
    static RouteEntry lastResort(String virtualHost, Action action) {
        Route.Builder route = Route.newBuilder().setName(new ResourceKey(Kind.VIRTUAL_HOST, virtualHost).toString());
        route.getMatchBuilder().setPrefix("/");
        Actions.set(route, action);
        return new RouteEntry(new PathMatch.Prefix("/"), route.build(), List.of());
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

    boolean hasPathOf(RouteEntry other) {
        return path.equals(other.path);
    }

    /** Whether it can take paths longer than its literal prefix. */
    boolean takesLongerPaths() {
        return !(path instanceof PathMatch.Exact);
    }

    /** Whether it can take some path that starts with this text, in which there is no {@code ?}. False only if certain. */
    boolean canTakePathsFrom(String start) {
        int length = literalPrefix.length();
        if (start.length() <= length) {
            return literalPrefix.startsWith(start);
        }
        if (!start.startsWith(literalPrefix) || !takesLongerPaths()) {
            return false;
        }
        return !(path instanceof PathMatch.Prefix) || literalPrefix.endsWith("/") || start.charAt(length) == '/';
    }
}
