package io.signalbox.routing;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import java.util.Optional;
import java.util.Set;

/** Reads what routes do. */
final class ActionParser {
    private static final Set<String> FORWARD_FIELDS = Set.of(
            "cluster",
            "cluster_header",
            "weighted_clusters",
            "cluster_not_found_response_code",
            "metadata_match",
            "prefix_rewrite",
            "regex_rewrite",
            "path_rewrite_policy",
            "host_rewrite_literal",
            "host_rewrite_header",
            "host_rewrite_path_regex",
            "auto_host_rewrite",
            "append_x_forwarded_host",
            "request_mirror_policies",
            "upgrade_configs",
            "timeout",
            // What happens to a request after it has been decided on:
            "idle_timeout",
            "retry_policy",
            "retry_policy_typed_config",
            "hedge_policy",
            "hash_policy",
            "priority",
            "rate_limits",
            "include_vh_rate_limits",
            "cors",
            "max_grpc_timeout",
            "grpc_timeout_offset",
            "max_stream_duration",
            "early_data_policy");

    private static final Set<String> REDIRECT_FIELDS = Set.of(
            "https_redirect",
            "scheme_redirect",
            "host_redirect",
            "port_redirect",
            "path_redirect",
            "prefix_rewrite",
            "regex_rewrite",
            "response_code",
            "strip_query");

    private final long maxBodyBytes;

    private final Optional<Forwarding.Retries> retries;
    private final UntoldFields untold;

    /** @param retries the virtual host's */
    ActionParser(long maxBodyBytes, Optional<Forwarding.Retries> retries, UntoldFields untold) {
        this.maxBodyBytes = maxBodyBytes;
        this.retries = retries;
        this.untold = untold;
    }

    /** @param matched what the route asks of paths */
    RouteAction parse(
            io.envoyproxy.envoy.config.route.v3.Route proto, PathMatch matched, RouteLevels levels, Field field)
            throws InvalidRouteConfiguration {
        return switch (proto.getActionCase()) {
            case ROUTE -> forward(proto.getRoute(), matched, levels, field.child("route"));
            case REDIRECT -> redirect(proto.getRedirect(), levels.headers().response(), field.child("redirect"));
            case DIRECT_RESPONSE ->
                respond(proto.getDirectResponse(), levels.headers().response(), field.child("direct_response"));
            case FILTER_ACTION -> throw field.child("filter_action").unsupported();
            case NON_FORWARDING_ACTION ->
                throw field.child("non_forwarding_action").unsupported();
            case ACTION_NOT_SET -> throw field.child("action").required();
        };
    }

    private RouteAction forward(
            io.envoyproxy.envoy.config.route.v3.RouteAction proto, PathMatch matched, RouteLevels levels, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, FORWARD_FIELDS);
        untold.check(proto, field);
        HashPolicies hash = HashPolicyParser.parse(proto, field);
        return new RouteAction.Forward(
                ClusterChoiceParser.parse(proto, hash, levels, field),
                PathRewriteParser.parse(proto, matched, field),
                hostRewrite(proto, field),
                ForwardingParser.parse(proto, hash, retries, field),
                new RouteAction.Constant<>());
    }

    private static HostRewrite hostRewrite(io.envoyproxy.envoy.config.route.v3.RouteAction proto, Field field)
            throws InvalidRouteConfiguration {
        return switch (proto.getHostRewriteSpecifierCase()) {
            case HOST_REWRITE_LITERAL ->
                literalHost(proto.getHostRewriteLiteral(), field.child("host_rewrite_literal"));
            case HOST_REWRITE_PATH_REGEX -> {
                Field rewrite = field.child("host_rewrite_path_regex");
                Regex regex = PathRewriteParser.regex(proto.getHostRewritePathRegex(), rewrite);
                yield new HostRewrite.FromPath(
                        regex, PathRewriteParser.substitution(proto.getHostRewritePathRegex(), regex, rewrite));
            }
            // Which host it goes to, and how headers change before, is not known here: see Forwarding.
            case AUTO_HOST_REWRITE, HOST_REWRITE_HEADER, HOSTREWRITESPECIFIER_NOT_SET -> HostRewrite.NONE;
        };
    }

    private static HostRewrite literalHost(String host, Field field) throws InvalidRouteConfiguration {
        field.requireHeaderValue(host);
        return host.isEmpty() ? HostRewrite.NONE : new HostRewrite.Literal(Optional.of(Ascii.wire(host)));
    }

    private static RouteAction redirect(RedirectAction proto, HeaderChanges headers, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, REDIRECT_FIELDS);
        Optional<String> scheme = proto.getHttpsRedirect()
                ? Optional.of("https")
                : nonEmpty(proto.getSchemeRedirect(), field.child("scheme_redirect"));
        PathRewrite rewrite = proto.hasRegexRewrite()
                ? PathRewriteParser.ofRegex(proto.getRegexRewrite(), field.child("regex_rewrite"))
                : PathRewriteParser.ofPrefix(proto.getPrefixRewrite(), field.child("prefix_rewrite"));
        int status = switch (proto.getResponseCode()) {
            case MOVED_PERMANENTLY -> 301;
            case FOUND -> 302;
            case SEE_OTHER -> 303;
            case TEMPORARY_REDIRECT -> 307;
            case PERMANENT_REDIRECT -> 308;
            case UNRECOGNIZED -> throw field.child("response_code").unsupported();
        };
        return new RouteAction.Redirect(
                status,
                new Location(
                        scheme,
                        nonEmpty(proto.getHostRedirect(), field.child("host_redirect")),
                        Integer.toUnsignedLong(proto.getPortRedirect()),
                        nonEmpty(proto.getPathRedirect(), field.child("path_redirect")),
                        rewrite,
                        proto.getStripQuery()),
                headers);
    }

    private static Optional<String> nonEmpty(String text, Field field) throws InvalidRouteConfiguration {
        field.requireHeaderValue(text);
        return text.isEmpty() ? Optional.empty() : Optional.of(Ascii.wire(text));
    }

    private RouteAction respond(DirectResponseAction proto, HeaderChanges headers, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("status", "body"));
        if (proto.getStatus() < 200 || proto.getStatus() > 599) {
            throw field.child("status")
                    .invalid(Integer.toUnsignedString(proto.getStatus()) + " (expected: 200 to 599)");
        }
        return new RouteAction.Respond(
                proto.getStatus(),
                proto.hasBody() ? Optional.of(body(proto.getBody(), field.child("body"))) : Optional.empty(),
                headers);
    }

    private Body body(DataSource proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("inline_string", "inline_bytes"));
        byte[] bytes = switch (proto.getSpecifierCase()) {
            case INLINE_STRING -> proto.getInlineStringBytes().toByteArray();
            case INLINE_BYTES -> proto.getInlineBytes().toByteArray();
            case FILENAME, ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET ->
                throw field.child("specifier").required();
        };
        if (bytes.length > maxBodyBytes) {
            throw field.invalid(bytes.length + " bytes (expected: at most " + maxBodyBytes + ")");
        }
        return Body.of(bytes);
    }
}
