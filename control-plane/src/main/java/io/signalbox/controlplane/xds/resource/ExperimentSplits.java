package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.signalbox.controlplane.compile.ResolvedExperiment;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
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
 * <p>A visitor's number in a layer is a hash of the cookie and of the layer's name, divided by a prime of the layer's own. Who comes for the first time gets the
 * request's id for a cookie, and is already hashed by that; so the first answer comes from where the later ones do. Envoy
 * makes that id itself, whatever the client says; its own generated cookies are no use, as their first hash is another one.
 */
final class ExperimentSplits {
    static final String COOKIE = "signalbox-visitor";
    private static final String REQUEST_ID = "x-request-id";

    /** Not empty, as Envoy does not hash that. In quotes or not: Envoy takes them off before it hashes. */
    private static final ValueMatch VISITOR = CookieRegex.quotedOrNot("[0-9A-Za-z._~+/=-]{1,200}");

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
                for (Variant variant : experiment.variants()) {
                    Route.Builder forced = sendingTo(
                            ExperimentArms.forced(forward.pools(), experiment, variant), How.FORCED, whole, route);
                    CookieMatch cookie = new CookieMatch(name, CookieRegex.quotedOrNot(Pattern.quote(variant.name())));
                    forced.getMatchBuilder().addHeaders(Conditions.cookie(cookie));
                    routes.add(forced.build());
                }
            });
        }
        String layer = route.experiments().get(0).layer();
        List<Arm> arms = ExperimentArms.divided(forward.pools(), route.experiments(), LayerPrime.of(layer));
        routes.add(known(sendingTo(ExperimentArms.again(arms), How.KNOWN, whole, route), layer));
        routes.add(unknown(sendingTo(arms, How.NEW, whole, route), layer));
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

    private static Route known(Route.Builder proto, String layer) {
        proto.getMatchBuilder().addHeaders(Conditions.cookie(new CookieMatch(COOKIE, VISITOR)));
        RouteAction.HashPolicy.Builder visitor = RouteAction.HashPolicy.newBuilder();
        visitor.getCookieBuilder().setName(COOKIE);
        hash(proto, visitor, layer);
        return proto.build();
    }

    private static Route unknown(Route.Builder proto, String layer) {
        RouteAction.HashPolicy.Builder visitor = RouteAction.HashPolicy.newBuilder();
        visitor.getHeaderBuilder().setHeaderName(REQUEST_ID);
        hash(proto, visitor, layer);
        String value = COOKIE + "=%REQ(" + REQUEST_ID + ")%" + ATTRIBUTES;
        proto.addResponseHeadersToAdd(HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey("set-cookie").setValue(value))
                .setAppendAction(HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD));
        return proto.build();
    }

    /** The layer's name is for the odd case that two layers have the same prime. */
    private static void hash(Route.Builder route, RouteAction.HashPolicy.Builder visitor, String layer) {
        RouteAction.HashPolicy.Builder salt = RouteAction.HashPolicy.newBuilder();
        salt.getHeaderBuilder()
                .setHeaderName(":scheme") // any that every request has, in one line
                .setRegexRewrite(RegexMatchAndSubstitute.newBuilder()
                        .setPattern(Regexes.matcher(".+"))
                        .setSubstitution("layer-" + layer));
        route.getRouteBuilder().addHashPolicy(visitor).addHashPolicy(salt);
        route.getRouteBuilder().getWeightedClustersBuilder().setUseHashPolicy(BoolValue.of(true));
    }
}
