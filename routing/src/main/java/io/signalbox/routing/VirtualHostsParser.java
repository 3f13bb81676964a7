package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the top of a route configuration. */
final class VirtualHostsParser {
    private static final long DEFAULT_MAX_BODY_BYTES = 4096;

    private static final Set<String> CONFIGURATION_FIELDS = Set.of(
            "name",
            "virtual_hosts",
            "ignore_port_in_host_matching",
            "max_direct_response_body_size_bytes",
            // What does not take part in the decision:
            "validate_clusters",
            "internal_only_headers",
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove",
            "most_specific_header_mutations_wins",
            "typed_per_filter_config",
            "metadata");

    private static final Set<String> HOST_FIELDS = Set.of(
            "name",
            "domains",
            "routes",
            "matcher",
            "require_tls",
            "virtual_clusters",
            // What does not take part in the decision:
            "rate_limits",
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove",
            "cors",
            "typed_per_filter_config",
            "include_request_attempt_count",
            "include_attempt_count_in_response",
            "include_is_timeout_retry_header",
            "retry_policy",
            "retry_policy_typed_config",
            "hedge_policy",
            "per_request_buffer_limit_bytes",
            "metadata");

    private final long maxBodyBytes;
    private final HeaderLevels levels;
    private final FilterConfigs filters;
    private final FilterConfigs.Reader reader;
    private final UntoldFields untold;
    private final VirtualHosts.Builder hosts = new VirtualHosts.Builder();

    private VirtualHostsParser(RouteConfiguration proto, FilterConfigs.Reader reader, UntoldFields untold)
            throws InvalidRouteConfiguration {
        this.maxBodyBytes = maxBodyBytes(proto);
        this.levels = levels(proto);
        this.filters = FilterConfigs.NONE.within(proto.getTypedPerFilterConfigMap(), reader, Field.ROOT);
        this.reader = reader;
        this.untold = untold;
    }

    static VirtualHosts parse(RouteConfiguration proto, FilterConfigs.Reader reader, UntoldFields untold)
            throws InvalidRouteConfiguration {
        Field.ROOT.requireOnly(proto, CONFIGURATION_FIELDS);
        untold.check(proto, Field.ROOT);
        VirtualHostsParser parser = new VirtualHostsParser(proto, reader, untold);
        for (int i = 0; i < proto.getVirtualHostsCount(); i++) {
            parser.add(proto.getVirtualHosts(i), Field.ROOT.child("virtual_hosts", i));
        }
        return parser.hosts.build(proto.getIgnorePortInHostMatching());
    }

    private void add(io.envoyproxy.envoy.config.route.v3.VirtualHost proto, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, HOST_FIELDS);
        untold.check(proto, field);
        field.child("name").requireNonEmpty(proto.getName());
        if (proto.getDomainsCount() == 0) {
            throw field.child("domains").required();
        }
        VirtualHost host = new VirtualHost(
                proto.getName(),
                matcher(proto, field),
                tls(proto, field),
                VirtualClusters.parse(proto.getVirtualClustersList(), field));
        for (int i = 0; i < proto.getDomainsCount(); i++) {
            if (!hosts.add(proto.getDomains(i), host)) {
                throw field.child("domains", i).invalid("\"" + proto.getDomains(i) + "\" is not the only one");
            }
        }
    }

    private static long maxBodyBytes(RouteConfiguration proto) {
        return proto.hasMaxDirectResponseBodySizeBytes()
                ? Integer.toUnsignedLong(
                        proto.getMaxDirectResponseBodySizeBytes().getValue())
                : DEFAULT_MAX_BODY_BYTES;
    }

    private static HeaderLevels levels(RouteConfiguration proto) throws InvalidRouteConfiguration {
        return new HeaderLevels(List.of(), List.of(), proto.getMostSpecificHeaderMutationsWins())
                .within(
                        HeaderChangesParser.request(
                                proto.getRequestHeadersToAddList(), proto.getRequestHeadersToRemoveList(), Field.ROOT),
                        HeaderChangesParser.response(
                                proto.getResponseHeadersToAddList(),
                                proto.getResponseHeadersToRemoveList(),
                                Field.ROOT));
    }

    private Matcher matcher(io.envoyproxy.envoy.config.route.v3.VirtualHost proto, Field field)
            throws InvalidRouteConfiguration {
        HeaderLevels own = levels.within(
                HeaderChangesParser.request(
                        proto.getRequestHeadersToAddList(), proto.getRequestHeadersToRemoveList(), field),
                HeaderChangesParser.response(
                        proto.getResponseHeadersToAddList(), proto.getResponseHeadersToRemoveList(), field));
        Optional<Forwarding.Retries> retries = proto.hasRetryPolicy()
                ? Optional.of(ForwardingParser.retries(proto.getRetryPolicy(), field.child("retry_policy")))
                : Optional.empty();
        RouteParser routes = new RouteParser(
                new ActionParser(maxBodyBytes, retries, untold),
                own,
                filters.within(proto.getTypedPerFilterConfigMap(), reader, field),
                reader,
                untold);
        if (!proto.hasMatcher()) {
            return routes.parse(proto.getRoutesList(), field);
        }
        if (proto.getRoutesCount() > 0) {
            throw field.child("matcher").invalid("stands beside routes (expected: one of them)");
        }
        return new MatcherParser(routes).parse(proto.getMatcher(), field.child("matcher"));
    }

    private static VirtualHost.TlsRequirement tls(io.envoyproxy.envoy.config.route.v3.VirtualHost proto, Field field)
            throws InvalidRouteConfiguration {
        return switch (proto.getRequireTls()) {
            case NONE -> VirtualHost.TlsRequirement.NONE;
            case EXTERNAL_ONLY -> VirtualHost.TlsRequirement.EXTERNAL_ONLY;
            case ALL -> VirtualHost.TlsRequirement.ALL;
            case UNRECOGNIZED -> throw field.child("require_tls").unsupported();
        };
    }
}
