package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;

/** One route. Envoy: {@code config.route.v3.Route}. */
final class Routes {
    private Routes() {}

    static Route route(ResolvedRoutes.Route route) {
        Route.Builder proto = Route.newBuilder().setName(route.name());
        RouteMatch.Builder match = proto.getMatchBuilder();
        setPath(match, route.match().path());
        Conditions.method(route.match().methods()).ifPresent(match::addHeaders);
        route.match().headers().forEach(header -> match.addHeaders(Conditions.header(header)));
        route.match().cookies().forEach(cookie -> match.addHeaders(Conditions.cookie(cookie)));
        route.match().query().forEach(query -> match.addQueryParameters(Conditions.query(query)));
        Actions.set(proto, route.action());
        Headers.set(proto, route.headers());
        return proto.build();
    }

    private static void setPath(RouteMatch.Builder match, PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            match.setPath(exact.path());
        } else if (path instanceof PathMatch.Prefix prefix) {
            setPrefix(match, prefix.prefix());
        } else if (path instanceof PathMatch.Regex regex) {
            match.setSafeRegex(Regexes.matcher(regex.regex()));
        }
    }

    /** {@code path_separated_prefix} may not end in a slash, and with one at the end a plain prefix means the same. */
    private static void setPrefix(RouteMatch.Builder match, String prefix) {
        if (prefix.endsWith("/")) {
            match.setPrefix(prefix);
        } else {
            match.setPathSeparatedPrefix(prefix);
        }
    }
}
