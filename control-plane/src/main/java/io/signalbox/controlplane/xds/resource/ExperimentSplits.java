package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.signalbox.controlplane.compile.ResolvedExperiment;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.LayerPrime;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.xds.Membership.How;
import io.signalbox.controlplane.xds.resource.ExperimentArms.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Experiments, in terms of plain routes: of a route one for each variant that a cookie may force, one for visitors who have
 * the cookie that tells them apart, and one for those who have not. All of it is decided by the request alone, so every proxy
 * decides alike and none keeps anything.
 *
 * <p>A visitor's number in a layer is what is left over of the cookie's hash when the layer's own prime divides it. Who comes
 * for the first time gets the request's id for a cookie, and is already hashed by that; so the first answer comes from where the
 * later ones do. Envoy makes that id itself, whatever the client says; its own generated cookies are no use, as their first hash
 * is another one.
 */
final class ExperimentSplits {
    static final String COOKIE = "signalbox-visitor";
    private static final String REQUEST_ID = "x-request-id";

    /**
     * That there is the cookie, and not empty, which Envoy does not hash. Every request that an experiment divides is asked, so
     * these are three searches in a text and no expression, of which a proxy with hundreds does not keep the tables in its caches. A
     * cookie whose name ends like ours passes for it; who has that one alone is divided by chance.
     */
    private static final List<HeaderMatcher> KNOWN = List.of(
            cookies(new ValueMatch.Contains(COOKIE + "=", false), false),
            cookies(new ValueMatch.Contains(COOKIE + "=;", false), true),
            cookies(new ValueMatch.Suffix(COOKIE + "=", false), true));

    /** What browsers keep cookies for at most, 400 days. */
    private static final String ATTRIBUTES = "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax";

    private ExperimentSplits() {}

    /**
     * To be tried one after the other.
     *
     * @param whole as it would be without experiments
     */
    static List<Route> of(Route whole, ResolvedRoutes.Route route) {
        Forward forward = (Forward) route.action();
        List<Route> routes = new ArrayList<>();
        for (ResolvedExperiment experiment : route.experiments()) {
            experiment.cookie().ifPresent(name -> {
                // Most have no such cookie, and need no expression to be told so.
                HeaderMatcher there = cookies(new ValueMatch.Contains(name + "=", false), false);
                for (Variant variant : experiment.variants()) {
                    Route.Builder forced = sendingTo(
                            ExperimentArms.forced(forward.pools(), experiment, variant), How.FORCED, whole, route);
                    CookieMatch cookie = new CookieMatch(name, CookieRegex.quotedOrNot(Pattern.quote(variant.name())));
                    forced.getMatchBuilder().addHeaders(there).addHeaders(Conditions.cookie(cookie));
                    routes.add(forced.build());
                }
            });
        }
        int prime = LayerPrime.of(route.experiments().get(0).layer());
        List<Arm> arms = ExperimentArms.divided(forward.pools(), route.experiments(), prime);
        routes.add(known(sendingTo(ExperimentArms.again(arms), How.KNOWN, whole, route)));
        routes.add(unknown(sendingTo(arms, How.NEW, whole, route)));
        return routes;
    }

    private static Route.Builder sendingTo(List<Arm> arms, How how, Route whole, ResolvedRoutes.Route route) {
        Forward forward = (Forward) route.action();
        List<WeightedPool> pools = arms.stream().map(Arm::pool).toList();
        Forward to = new Forward(
                new Destination.Pools(pools), List.of(), forward.rewrite(), forward.delivery(), forward.upgrades());
        Route.Builder proto = whole.toBuilder();
        Actions.set(proto, to, route.match().path());
        count(arms, how, proto.getRouteBuilder().getWeightedClustersBuilder());
        return proto;
    }

    /** Each arm changes headers, so none is a plain cluster. */
    private static void count(List<Arm> arms, How how, WeightedCluster.Builder clusters) {
        for (int i = 0; i < arms.size(); i++) {
            ClusterWeight.Builder cluster = clusters.getClustersBuilder(i);
            Arm arm = arms.get(i);
            arm.exposure()
                    .filter(exposure -> how != How.KNOWN || arm.counted() > 0)
                    .ifPresent(exposure ->
                            cluster.putAllTypedPerFilterConfig(HttpFilters.counted(exposure.statistic(how))));
        }
    }

    private static HeaderMatcher cookies(ValueMatch have, boolean not) {
        return Conditions.header(new HeaderMatch("cookie", have, not));
    }

    private static Route known(Route.Builder proto) {
        proto.getMatchBuilder().addAllHeaders(KNOWN);
        RouteAction.HashPolicy.Builder visitor = RouteAction.HashPolicy.newBuilder();
        visitor.getCookieBuilder().setName(COOKIE);
        divideBy(visitor, proto);
        return proto.build();
    }

    private static Route unknown(Route.Builder proto) {
        RouteAction.HashPolicy.Builder visitor = RouteAction.HashPolicy.newBuilder();
        visitor.getHeaderBuilder().setHeaderName(REQUEST_ID);
        divideBy(visitor, proto);
        String value = COOKIE + "=%REQ(" + REQUEST_ID + ")%" + ATTRIBUTES;
        proto.addResponseHeadersToAdd(HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey("set-cookie").setValue(value))
                .setAppendAction(HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD));
        return proto.build();
    }

    private static void divideBy(RouteAction.HashPolicy.Builder visitor, Route.Builder route) {
        route.getRouteBuilder().addHashPolicy(visitor);
        route.getRouteBuilder().getWeightedClustersBuilder().setUseHashPolicy(BoolValue.of(true));
    }
}
