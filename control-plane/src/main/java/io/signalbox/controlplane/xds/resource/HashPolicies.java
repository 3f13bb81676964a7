package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.signalbox.controlplane.model.HashPolicy;

/** What of a request its server is chosen by. Envoy: {@code RouteAction.HashPolicy}. */
final class HashPolicies {
    private HashPolicies() {}

    static RouteAction.HashPolicy policy(HashPolicy policy) {
        RouteAction.HashPolicy.Builder proto =
                RouteAction.HashPolicy.newBuilder().setTerminal(policy.terminal());
        if (policy.source() instanceof HashPolicy.Header header) {
            proto.getHeaderBuilder().setHeaderName(header.name());
        } else if (policy.source() instanceof HashPolicy.Cookie cookie) {
            proto.getCookieBuilder().setName(cookie.name());
            cookie.ttl().ifPresent(ttl -> proto.getCookieBuilder().setTtl(Clusters.duration(ttl)));
            cookie.path().ifPresent(proto.getCookieBuilder()::setPath);
        } else if (policy.source() instanceof HashPolicy.Query query) {
            proto.getQueryParameterBuilder().setName(query.name());
        } else {
            proto.getConnectionPropertiesBuilder().setSourceIp(true);
        }
        return proto.build();
    }
}
