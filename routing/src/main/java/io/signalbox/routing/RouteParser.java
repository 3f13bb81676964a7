package io.signalbox.routing;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads routes. */
final class RouteParser {
    private static final Set<String> ROUTE_FIELDS = Set.of(
            "name",
            "match",
            "route",
            "redirect",
            "direct_response",
            // What does not take part in the decision:
            "metadata",
            "decorator",
            "typed_per_filter_config",
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove",
            "tracing",
            "per_request_buffer_limit_bytes",
            "stat_prefix");

    private static final Set<String> MATCH_FIELDS = Set.of(
            "prefix",
            "path",
            "safe_regex",
            "path_separated_prefix",
            "path_match_policy",
            "connect_matcher",
            "case_sensitive",
            "runtime_fraction",
            "headers",
            "query_parameters",
            "grpc");

    private final ActionParser actions;
    private final HeaderLevels levels;
    private final FilterConfigs filters;
    private final FilterConfigs.Reader reader;
    private final UntoldFields untold;

    /**
     * @param levels the header changes of what the routes stand in
     * @param filters what the filters are told there
     */
    RouteParser(
            ActionParser actions,
            HeaderLevels levels,
            FilterConfigs filters,
            FilterConfigs.Reader reader,
            UntoldFields untold) {
        this.actions = actions;
        this.levels = levels;
        this.filters = filters;
        this.reader = reader;
        this.untold = untold;
    }

    RouteSequence parse(List<io.envoyproxy.envoy.config.route.v3.Route> protos, Field parent)
            throws InvalidRouteConfiguration {
        List<Route> routes = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            routes.add(parse(protos.get(i), parent.child("routes", i)));
        }
        return new RouteSequence(routes);
    }

    Route parse(io.envoyproxy.envoy.config.route.v3.Route proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, ROUTE_FIELDS);
        untold.check(proto, field);
        Field match = field.child("match");
        if (!proto.hasMatch()) {
            throw match.required();
        }
        match.requireOnly(proto.getMatch(), MATCH_FIELDS);
        PathMatch path = path(proto.getMatch(), match);
        RouteLevels inner = new RouteLevels(
                levels(proto, field), filters.within(proto.getTypedPerFilterConfigMap(), reader, field), reader);
        return new Route(
                proto.getName(),
                path,
                conditions(proto.getMatch(), match),
                actions.parse(proto, path, inner, field),
                inner.filters());
    }

    private HeaderLevels levels(io.envoyproxy.envoy.config.route.v3.Route proto, Field field)
            throws InvalidRouteConfiguration {
        return levels.within(
                HeaderChangesParser.request(
                        proto.getRequestHeadersToAddList(), proto.getRequestHeadersToRemoveList(), field),
                HeaderChangesParser.response(
                        proto.getResponseHeadersToAddList(), proto.getResponseHeadersToRemoveList(), field));
    }

    private static PathMatch path(RouteMatch proto, Field field) throws InvalidRouteConfiguration {
        // The wrapper tells "unset", which means sensitive, from "false".
        boolean anyCase = proto.hasCaseSensitive() && !proto.getCaseSensitive().getValue();
        return switch (proto.getPathSpecifierCase()) {
            case PREFIX -> new PathMatch.Prefix(inCase(proto.getPrefix(), anyCase), anyCase);
            case PATH -> new PathMatch.Exact(inCase(proto.getPath(), anyCase), anyCase);
            case SAFE_REGEX ->
                new PathMatch.Matching(StringMatchParser.regex(proto.getSafeRegex(), field.child("safe_regex")));
            case PATH_SEPARATED_PREFIX ->
                new PathMatch.SegmentPrefix(
                        inCase(
                                segmentPrefix(proto.getPathSeparatedPrefix(), field.child("path_separated_prefix")),
                                anyCase),
                        anyCase);
            // Whatever case_sensitive says.
            case PATH_MATCH_POLICY -> template(proto.getPathMatchPolicy(), field.child("path_match_policy"));
            case CONNECT_MATCHER -> new PathMatch.Connect();
            case PATHSPECIFIER_NOT_SET -> throw field.child("path_specifier").required();
        };
    }

    private static PathMatch template(TypedExtensionConfig proto, Field field) throws InvalidRouteConfiguration {
        UriTemplateMatchConfig config = field.unpack(proto, UriTemplateMatchConfig.class);
        Field template = field.child("typed_config").child("path_template");
        return new PathMatch.Template(UriTemplate.parse(config.getPathTemplate(), template));
    }

    private static String inCase(String text, boolean anyCase) {
        String wire = Ascii.wire(text);
        return anyCase ? Ascii.lower(wire) : wire;
    }

    private static String segmentPrefix(String prefix, Field field) throws InvalidRouteConfiguration {
        if (prefix.length() < 2 || prefix.endsWith("/") || prefix.indexOf('?') >= 0 || prefix.indexOf('#') >= 0) {
            throw field.invalid(
                    "\"" + prefix + "\" (expected: two characters or more, no ? or # among them, not ending in /)");
        }
        return prefix;
    }

    private static List<Condition> conditions(RouteMatch proto, Field field) throws InvalidRouteConfiguration {
        List<Condition> conditions = new ArrayList<>();
        if (proto.hasGrpc()) {
            field.child("grpc").requireOnly(proto.getGrpc(), Set.of());
            conditions.add(new Condition.Grpc());
        }
        for (int i = 0; i < proto.getHeadersCount(); i++) {
            conditions.add(ConditionParser.header(proto.getHeaders(i), field.child("headers", i)));
        }
        for (int i = 0; i < proto.getQueryParametersCount(); i++) {
            conditions.add(ConditionParser.query(proto.getQueryParameters(i), field.child("query_parameters", i)));
        }
        if (proto.hasRuntimeFraction()) {
            conditions.add(ConditionParser.fraction(proto.getRuntimeFraction(), field.child("runtime_fraction")));
        }
        return conditions;
    }
}
