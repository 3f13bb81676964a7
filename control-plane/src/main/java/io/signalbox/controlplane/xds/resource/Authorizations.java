package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.CheckSettings;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.signalbox.controlplane.model.Authorization;
import java.util.List;

/** Asking servers over HTTP whether a request may pass. Envoy: {@code ExtAuthz}. */
final class Authorizations {
    /** Of a route: the listener's authorization is for it. Envoy refuses the general way to say so for this filter. */
    static final ExtAuthzPerRoute ON = ExtAuthzPerRoute.newBuilder()
            .setCheckSettings(CheckSettings.getDefaultInstance())
            .build();

    private Authorizations() {}

    static ExtAuthz of(Authorization authorization) {
        ExtAuthz.Builder proto = ExtAuthz.newBuilder()
                .setHttpService(service(authorization))
                .setFailureModeAllow(authorization.failOpen())
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.forNumber(authorization.statusOnError())));
        if (!authorization.headers().ofRequest().isEmpty()) {
            proto.setAllowedHeaders(names(authorization.headers().ofRequest()));
        }
        return proto.build();
    }

    /** What a denial says goes to the client whole, as no list says which headers. */
    private static HttpService service(Authorization authorization) {
        AuthorizationResponse.Builder response = AuthorizationResponse.newBuilder();
        if (!authorization.headers().toUpstream().isEmpty()) {
            response.setAllowedUpstreamHeaders(names(authorization.headers().toUpstream()));
        }
        if (!authorization.headers().toClient().isEmpty()) {
            response.setAllowedClientHeadersOnSuccess(
                    names(authorization.headers().toClient()));
        }
        return HttpService.newBuilder()
                .setServerUri(HttpUri.newBuilder()
                        // Must be there, and nobody asks it: where to go is the cluster's business.
                        .setUri("http://" + authorization.pool())
                        .setCluster(authorization.pool())
                        .setTimeout(Clusters.duration(authorization.timeout())))
                .setPathPrefix(authorization.path().orElse(""))
                .setAuthorizationResponse(response)
                .build();
    }

    private static ListStringMatcher names(List<String> names) {
        ListStringMatcher.Builder matcher = ListStringMatcher.newBuilder();
        names.forEach(name -> matcher.addPatterns(StringMatcher.newBuilder().setExact(name)));
        return matcher.build();
    }
}
