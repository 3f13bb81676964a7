package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.signalbox.controlplane.model.Cors;

/** Which other origins may read the answers. Envoy: {@code CorsPolicy}. */
final class CorsPolicies {
    private CorsPolicies() {}

    static CorsPolicy policy(Cors cors) {
        CorsPolicy.Builder proto = CorsPolicy.newBuilder()
                .setAllowMethods(String.join(",", cors.methods()))
                .setAllowHeaders(String.join(",", cors.headers()))
                .setExposeHeaders(String.join(",", cors.exposeHeaders()));
        cors.origins().forEach(origin -> proto.addAllowOriginStringMatch(Conditions.string(origin)));
        cors.maxAge().ifPresent(age -> proto.setMaxAge(Long.toString(age.toSeconds())));
        cors.credentials().ifPresent(allowed -> proto.setAllowCredentials(BoolValue.of(allowed)));
        return proto.build();
    }
}
