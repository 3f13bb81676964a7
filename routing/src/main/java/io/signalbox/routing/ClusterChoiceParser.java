package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which cluster a route sends to. */
final class ClusterChoiceParser {
    private static final long MAX_TOTAL = 0xffff_ffffL;

    private static final Set<String> SHARE_FIELDS = Set.of(
            "name",
            "cluster_header",
            "weight",
            "host_rewrite_literal",
            "metadata_match",
            "typed_per_filter_config",
            "request_headers_to_add",
            "request_headers_to_remove",
            "response_headers_to_add",
            "response_headers_to_remove");

    private ClusterChoiceParser() {}

    /**
     * @param hash what the route hashes requests by, which may decide between weights too
     * @param levels of the route and of what it stands in
     */
    static ClusterChoice parse(RouteAction proto, HashPolicies hash, RouteLevels levels, Field field)
            throws InvalidRouteConfiguration {
        Map<String, String> subset = SubsetParser.parse(proto.getMetadataMatch(), field.child("metadata_match"));
        return switch (proto.getClusterSpecifierCase()) {
            case CLUSTER -> {
                field.child("cluster").requireNonEmpty(proto.getCluster());
                yield fixed(proto.getCluster(), ClusterChoice.Arm.of(levels, subset));
            }
            case CLUSTER_HEADER -> {
                field.child("cluster_header").requireNonEmpty(proto.getClusterHeader());
                yield new ClusterChoice.FromHeader(
                        HeaderName.of(proto.getClusterHeader()), ClusterChoice.Arm.of(levels, subset));
            }
            case WEIGHTED_CLUSTERS ->
                weighted(proto.getWeightedClusters(), hash, levels, subset, field.child("weighted_clusters"));
            case CLUSTER_SPECIFIER_PLUGIN, INLINE_CLUSTER_SPECIFIER_PLUGIN, CLUSTERSPECIFIER_NOT_SET ->
                throw field.child("cluster_specifier").required();
        };
    }

    private static ClusterChoice fixed(String cluster, ClusterChoice.Arm arm) {
        return new ClusterChoice.Fixed(new ClusterChoice.Picked(cluster, arm));
    }

    /** {@code total_weight} is only a check by now, and {@code runtime_key_prefix} names overrides that are none of ours. */
    @SuppressWarnings("deprecation") // total_weight: still sent by older control planes
    private static ClusterChoice weighted(
            WeightedCluster proto, HashPolicies hash, RouteLevels levels, Map<String, String> subset, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(
                proto, Set.of("clusters", "total_weight", "runtime_key_prefix", "header_name", "use_hash_policy"));
        List<ClusterChoice.Share> shares = new ArrayList<>(proto.getClustersCount());
        long total = 0;
        for (int i = 0; i < proto.getClustersCount(); i++) {
            ClusterChoice.Share share = share(proto.getClusters(i), levels, subset, field.child("clusters", i));
            shares.add(share);
            total += share.weight();
        }
        if (total == 0 || total > MAX_TOTAL) {
            throw field.child("clusters").invalid("weights add up to " + total + " (expected: 1 to " + MAX_TOTAL + ")");
        }
        return new ClusterChoice.Weighted(shares, total, valueSource(proto, hash));
    }

    private static ClusterChoice.ValueSource valueSource(WeightedCluster proto, HashPolicies hash) {
        if (proto.getUseHashPolicy().getValue()) {
            return new ClusterChoice.Hashed(hash);
        }
        return proto.getHeaderName().isEmpty()
                ? new ClusterChoice.Chance()
                : new ClusterChoice.HeaderValue(HeaderName.of(proto.getHeaderName()));
    }

    /** The route's labels hold unless the share says others. */
    private static ClusterChoice.Share share(
            ClusterWeight proto, RouteLevels levels, Map<String, String> outer, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, SHARE_FIELDS);
        if (proto.getName().isEmpty() == proto.getClusterHeader().isEmpty()) {
            throw field.invalid("names a cluster twice or not at all (expected: one of name, cluster_header)");
        }
        if (!proto.hasWeight()) {
            throw field.child("weight").required();
        }
        Optional<String> authority = proto.getHostRewriteLiteral().isEmpty()
                ? Optional.empty()
                : Optional.of(Ascii.wire(proto.getHostRewriteLiteral()));
        Map<String, String> subset = new HashMap<>(outer);
        subset.putAll(SubsetParser.parse(proto.getMetadataMatch(), field.child("metadata_match")));
        HeaderChanges request = levels.headers()
                .request(HeaderChangesParser.request(
                        proto.getRequestHeadersToAddList(), proto.getRequestHeadersToRemoveList(), field));
        HeaderChanges response = levels.headers()
                .response(HeaderChangesParser.response(
                        proto.getResponseHeadersToAddList(), proto.getResponseHeadersToRemoveList(), field));
        FilterConfigs filters = levels.filters().within(proto.getTypedPerFilterConfigMap(), levels.reader(), field);
        ClusterChoice.Arm arm = new ClusterChoice.Arm(authority, subset, request, response, filters);
        ClusterChoice choice = proto.getName().isEmpty()
                ? new ClusterChoice.FromHeader(HeaderName.of(proto.getClusterHeader()), arm)
                : fixed(proto.getName(), arm);
        return new ClusterChoice.Share(
                choice, Integer.toUnsignedLong(proto.getWeight().getValue()));
    }
}
