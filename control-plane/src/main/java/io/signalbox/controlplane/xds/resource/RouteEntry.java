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
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");

    private final PathMatch path;
    private final LiteralPrefix literalPrefix;
    private final List<Route> routes;
    private final List<String> clusters;
    private final boolean tunnels;

    private RouteEntry(PathMatch path, List<Route> routes, List<String> clusters, boolean tunnels) {
        this.path = path;
        this.literalPrefix = LiteralPrefix.of(path);
        this.routes = routes;
        this.clusters = clusters;
        this.tunnels = tunnels;
    }

    static RouteEntry of(ResolvedRoutes.Route route) {
        boolean tunnels = route.action() instanceof Action.Forward forward && forward.tunnels();
        return new RouteEntry(route.match().path(), Routes.routes(route), route.pools(), tunnels);
    }

    /** What answers when no route of a host does. Its name says whose answer it is and is no route's. */
    static RouteEntry lastResort(String virtualHost, Action action) {
        Route.Builder route = Route.newBuilder().setName(new ResourceKey(Kind.VIRTUAL_HOST, virtualHost).toString());
        route.getMatchBuilder().setPrefix("/");
        Actions.set(route, action, EVERY_PATH);
        return new RouteEntry(EVERY_PATH, List.of(route.build()), List.of(), false);
    }

    /** What every path that this route takes starts with. */
    String literalPrefix() {
        return literalPrefix.certain();
    }

    /** To be tried one after the other. */
    List<Route> routes() {
        return routes;
    }

    /** Every cluster it names, also with weight 0. */
    List<String> clusters() {
        return clusters;
    }

    /** Whether it is for {@code CONNECT}, which has no path. */
    boolean tunnels() {
        return tunnels;
    }

    boolean hasPathOf(RouteEntry other) {
        return path.equals(other.path);
    }

    /** Whether it can take paths longer than its literal prefix. */
    boolean takesLongerPaths() {
        return !(path instanceof PathMatch.Exact exact) || exact.ignoreCase();
    }

    /** Whether it can take some path that starts with this text, in which there is no {@code ?}. False only if certain. */
    boolean canTakePathsFrom(String start) {
        String text = literalPrefix.text();
        int common = Math.min(text.length(), start.length());
        if (!text.regionMatches(literalPrefix.ignoreCase(), 0, start, 0, common)) {
            return false;
        } else if (start.length() <= text.length()) {
            return true;
        } else if (path instanceof PathMatch.Exact) {
            return false;
        }
        return !(path instanceof PathMatch.Prefix) || text.endsWith("/") || start.charAt(text.length()) == '/';
    }
}
