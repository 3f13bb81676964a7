package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a route hashes requests by. */
final class HashPolicyParser {
    private HashPolicyParser() {}

    static HashPolicies parse(RouteAction proto, Field field) throws InvalidRouteConfiguration {
        if (proto.getHashPolicyCount() == 0) {
            return HashPolicies.NONE;
        }
        List<HashPolicy> policies = new ArrayList<>(proto.getHashPolicyCount());
        for (int i = 0; i < proto.getHashPolicyCount(); i++) {
            policies.add(policy(proto.getHashPolicy(i), field.child("hash_policy", i)));
        }
        return new HashPolicies(policies);
    }

    private static HashPolicy policy(RouteAction.HashPolicy proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("header", "cookie", "connection_properties", "query_parameter", "terminal"));
        HashPolicy.Source source = switch (proto.getPolicySpecifierCase()) {
            case HEADER -> header(proto.getHeader(), field.child("header"));
            case COOKIE -> cookie(proto.getCookie(), field.child("cookie"));
            case CONNECTION_PROPERTIES -> {
                Field connection = field.child("connection_properties");
                connection.requireOnly(proto.getConnectionProperties(), Set.of("source_ip"));
                if (!proto.getConnectionProperties().getSourceIp()) {
                    throw connection.child("source_ip").invalid("false leaves nothing to hash (expected: true)");
                }
                yield new HashPolicy.SourceIp();
            }
            case QUERY_PARAMETER -> {
                Field parameter = field.child("query_parameter");
                parameter.requireOnly(proto.getQueryParameter(), Set.of("name"));
                parameter
                        .child("name")
                        .requireNonEmpty(proto.getQueryParameter().getName());
                yield new HashPolicy.Query(new Condition.Query(
                        Ascii.wire(proto.getQueryParameter().getName()), new StringMatch.Anything()));
            }
            case FILTER_STATE, POLICYSPECIFIER_NOT_SET ->
                throw field.child("policy_specifier").required();
        };
        return new HashPolicy(source, proto.getTerminal());
    }

    private static HashPolicy.Source header(RouteAction.HashPolicy.Header proto, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("header_name", "regex_rewrite"));
        field.child("header_name").requireNonEmpty(proto.getHeaderName());
        Optional<HashPolicy.Rewrite> rewrite =
                proto.hasRegexRewrite() ? Optional.of(rewrite(proto, field.child("regex_rewrite"))) : Optional.empty();
        return new HashPolicy.Header(HeaderName.of(proto.getHeaderName()), rewrite);
    }

    private static HashPolicy.Rewrite rewrite(RouteAction.HashPolicy.Header proto, Field field)
            throws InvalidRouteConfiguration {
        Regex regex = PathRewriteParser.regex(proto.getRegexRewrite(), field);
        return new HashPolicy.Rewrite(regex, PathRewriteParser.substitution(proto.getRegexRewrite(), regex, field));
    }

    private static HashPolicy.Source cookie(Cookie proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("name", "ttl", "path", "attributes"));
        field.child("name").requireNonEmpty(proto.getName());
        if (!proto.hasTtl()) {
            return new HashPolicy.Cookie(Ascii.wire(proto.getName()), Optional.empty());
        }
        List<String> attributes = proto.getAttributesList().stream()
                .map(a -> Ascii.wire(a.getValue().isEmpty() ? a.getName() : a.getName() + "=" + a.getValue()))
                .toList();
        return new HashPolicy.Cookie(
                Ascii.wire(proto.getName()),
                Optional.of(new HashCookie(proto.getTtl().getSeconds(), Ascii.wire(proto.getPath()), attributes)));
    }
}
