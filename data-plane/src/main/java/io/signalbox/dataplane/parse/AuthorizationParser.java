package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher.MatchPatternCase;
import io.signalbox.dataplane.config.FilterConfig;
import java.util.HashSet;
import java.util.Set;

/** {@code ExtAuthz} that asks an HTTP service, and knows headers by their whole names. */
final class AuthorizationParser {
    private static final int FORBIDDEN = 403;

    private AuthorizationParser() {}

    static FilterConfig ofListener(String at, Any any) throws InvalidResource {
        ExtAuthz proto = Protos.unpack(at, any, ExtAuthz.class);
        if (!proto.hasHttpService()) {
            throw new InvalidResource(at + ": other than http_service is not supported");
        }
        var service = proto.getHttpService();
        String prefix = service.getPathPrefix();
        if (!prefix.isEmpty() && !prefix.startsWith("/")) {
            throw new InvalidResource(at + ".http_service.path_prefix: \"" + prefix + "\" (expected: / at its start)");
        }
        var response = service.getAuthorizationResponse();
        String answer = at + ".http_service.authorization_response";
        return new FilterConfig.Authorization(
                service.getServerUri().getCluster(),
                prefix,
                Protos.duration(service.getServerUri().getTimeout()),
                proto.getFailureModeAllow(),
                proto.hasStatusOnError() ? proto.getStatusOnError().getCodeValue() : FORBIDDEN,
                names(at + ".allowed_headers", proto.getAllowedHeaders()),
                names(answer + ".allowed_upstream_headers", response.getAllowedUpstreamHeaders()),
                names(answer + ".allowed_client_headers_on_success", response.getAllowedClientHeadersOnSuccess()));
    }

    /** It is asked, or not, on the listener's terms. */
    static FilterConfig ofRoute(String at, Any any) throws InvalidResource {
        ExtAuthzPerRoute proto = Protos.unpack(at, any, ExtAuthzPerRoute.class);
        return proto.getDisabled() ? new FilterConfig.Off() : new FilterConfig.On();
    }

    private static Set<String> names(String at, ListStringMatcher list) throws InvalidResource {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.getPatternsCount(); i++) {
            StringMatcher pattern = list.getPatterns(i);
            if (pattern.getMatchPatternCase() != MatchPatternCase.EXACT || pattern.getIgnoreCase()) {
                throw new InvalidResource(at + ".patterns[" + i + "]: other than exact is not supported");
            }
            names.add(pattern.getExact());
        }
        return names;
    }
}
