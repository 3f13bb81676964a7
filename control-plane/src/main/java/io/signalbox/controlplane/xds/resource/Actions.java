package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig.ConnectConfig;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.util.List;

/** What a route does. Envoy: {@code RouteAction}, {@code RedirectAction}, {@code DirectResponseAction}. */
final class Actions {
    private Actions() {}

    /** @param matched what the route asks of paths */
    static void set(Route.Builder route, Action action, PathMatch matched) {
        if (action instanceof Action.Forward forward) {
            route.setRoute(forward(forward, matched));
        } else if (action instanceof Action.Redirect redirect) {
            route.setRedirect(redirect(redirect, matched));
        } else if (action instanceof Action.Respond respond) {
            route.setDirectResponse(respond(respond));
        }
    }

    private static RouteAction forward(Action.Forward forward, PathMatch matched) {
        RouteAction.Builder proto = RouteAction.newBuilder();
        if (forward.to() instanceof Action.Destination.Pools to) {
            setPools(proto, to.pools());
        } else if (forward.to() instanceof Action.Destination.FromHeader to) {
            proto.setClusterHeader(to.header());
        }
        forward.hash().forEach(policy -> proto.addHashPolicy(HashPolicies.policy(policy)));
        Rewrites.set(proto, forward.rewrite(), matched);
        forward.upgrades().forEach(protocol -> proto.addUpgradeConfigs(upgrade(protocol)));
        Deliveries.set(proto, forward.delivery());
        return proto.build();
    }

    private static UpgradeConfig upgrade(String protocol) {
        UpgradeConfig.Builder upgrade = UpgradeConfig.newBuilder().setUpgradeType(protocol);
        if (protocol.equals(Action.CONNECT)) {
            upgrade.setUpgradeType("CONNECT");
            // Without it the server would get the CONNECT itself.
            upgrade.setConnectConfig(ConnectConfig.getDefaultInstance());
        }
        return upgrade.build();
    }

    /** Order and entries of weight 0 are kept, so that a hash over the weights would stay monotone while they change. */
    private static void setPools(RouteAction.Builder proto, List<Action.WeightedPool> pools) {
        if (pools.size() == 1 && pools.get(0).headers().isEmpty()) {
            proto.setCluster(pools.get(0).pool());
            Subsets.metadata(pools.get(0).subset()).ifPresent(proto::setMetadataMatch);
            return;
        }
        for (Action.WeightedPool pool : pools) {
            WeightedCluster.ClusterWeight.Builder arm = proto.getWeightedClustersBuilder()
                    .addClustersBuilder()
                    .setName(pool.pool())
                    .setWeight(UInt32Value.of(pool.weight()));
            Headers.set(arm, pool.headers());
            Subsets.metadata(pool.subset()).ifPresent(arm::setMetadataMatch);
        }
    }

    private static RedirectAction redirect(Action.Redirect redirect, PathMatch matched) {
        RedirectAction.Builder proto = RedirectAction.newBuilder()
                .setResponseCode(responseCode(redirect.status()))
                .setStripQuery(redirect.stripQuery());
        redirect.scheme().ifPresent(proto::setSchemeRedirect);
        redirect.host().ifPresent(proto::setHostRedirect);
        redirect.port().ifPresent(proto::setPortRedirect);
        redirect.path().ifPresent(proto::setPathRedirect);
        redirect.prefix().ifPresent(prefix -> Rewrites.setPrefix(proto, prefix, matched));
        redirect.regex().map(Rewrites::regex).ifPresent(proto::setRegexRewrite);
        return proto.build();
    }

    static RedirectResponseCode responseCode(int status) {
        return switch (status) {
            case 301 -> RedirectResponseCode.MOVED_PERMANENTLY;
            case 302 -> RedirectResponseCode.FOUND;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> throw new IllegalArgumentException("not a status of a redirect: " + status);
        };
    }

    private static DirectResponseAction respond(Action.Respond respond) {
        DirectResponseAction.Builder proto = DirectResponseAction.newBuilder().setStatus(respond.status());
        respond.body().ifPresent(body -> proto.setBody(DataSource.newBuilder().setInlineString(body)));
        return proto.build();
    }
}
