package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.util.List;

/** One route. Envoy: {@code config.route.v3.Route}. */
final class Routes {
    private static final int NO_SUCH_POOL = 503;

    private Routes() {}

    /** One, or several to be tried one after the other. */
    static List<Route> routes(ResolvedRoutes.Route route) {
        Route proto = route(route);
        if (!route.experiments().isEmpty()) {
            return ExperimentSplits.of(proto, route);
        }
        if (!route.canaries().isEmpty()) {
            return CanarySplits.of((Action.Forward) route.action(), route.canaries()).stream()
                    .map(split -> split(proto, split, route.match().path()))
                    .toList();
        }
        if (route.action() instanceof Action.Forward forward
                && forward.to() instanceof Action.Destination.FromHeader from) {
            Route.Builder named = proto.toBuilder();
            named.getMatchBuilder().addHeaders(Conditions.onlyOneOf(from.header(), from.names()));
            // Envoy answers so where no cluster has the name that a header says; here others have none.
            Route.Builder others = proto.toBuilder();
            others.setDirectResponse(DirectResponseAction.newBuilder().setStatus(NO_SUCH_POOL));
            return List.of(named.build(), others.build());
        }
        return List.of(proto);
    }

    /** Its conditions go last, after those that explanations know the order of. */
    private static Route split(Route whole, CanarySplits.Split split, PathMatch path) {
        Route.Builder proto = whole.toBuilder();
        proto.getMatchBuilder().addAllHeaders(split.conditions());
        Actions.set(proto, split.forward(), path);
        return proto.build();
    }

    private static Route route(ResolvedRoutes.Route route) {
        Route.Builder proto = Route.newBuilder().setName(route.name());
        boolean tunnels = route.action() instanceof Action.Forward forward && forward.tunnels();
        match(route.match(), tunnels, proto.getMatchBuilder());
        Actions.set(proto, route.action(), route.match().path());
        Headers.set(proto, route.headers());
        proto.putAllTypedPerFilterConfig(HttpFilters.configs(route.policies(), upgrades(route.action())));
        return proto.build();
    }

    private static boolean upgrades(Action action) {
        return action instanceof Action.Forward forward && !forward.upgrades().isEmpty();
    }

    /** The order of headers is known to explanations. */
    private static void match(
            io.signalbox.controlplane.model.RouteMatch match, boolean tunnels, RouteMatch.Builder proto) {
        if (tunnels) {
            proto.setConnectMatcher(RouteMatch.ConnectMatcher.getDefaultInstance());
        } else {
            Paths.set(proto, match.path());
        }
        Conditions.method(match.methods()).ifPresent(proto::addHeaders);
        match.headers().forEach(header -> proto.addHeaders(Conditions.header(header)));
        match.cookies().forEach(cookie -> proto.addHeaders(Conditions.cookie(cookie)));
        Conditions.sources(match.sources()).ifPresent(proto::addHeaders);
        match.query().forEach(query -> proto.addQueryParameters(Conditions.query(query)));
        if (match.grpc()) {
            proto.setGrpc(RouteMatch.GrpcRouteMatchOptions.getDefaultInstance());
        }
        match.fraction().map(Conditions::fraction).ifPresent(proto::setRuntimeFraction);
    }
}
