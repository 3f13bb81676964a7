package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight;
import io.envoyproxy.envoy.type.v3.HashPolicy.PolicySpecifierCase;
import io.signalbox.dataplane.config.TcpConfig;
import io.signalbox.dataplane.config.TcpConfig.Arm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code TcpProxy}; the defaults are Envoy's. */
final class TcpConfigParser {
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);

    private TcpConfigParser() {}

    /** The message's own fields are already checked, by unpacking. */
    static TcpConfig parse(String at, TcpProxy proto) throws InvalidResource {
        return new TcpConfig(
                arms(at, proto),
                proto.hasIdleTimeout() ? Protos.duration(proto.getIdleTimeout()) : DEFAULT_IDLE_TIMEOUT,
                proto.hasMaxConnectAttempts() ? proto.getMaxConnectAttempts().getValue() : 1,
                proto.getHashPolicyList().stream()
                        .anyMatch(policy -> policy.getPolicySpecifierCase() == PolicySpecifierCase.SOURCE_IP),
                AccessLogParser.parse(at + ".access_log", proto.getAccessLogList()));
    }

    private static List<Arm> arms(String at, TcpProxy proto) throws InvalidResource {
        Map<String, String> labels = LabelsParser.of(at + ".metadata_match", proto.getMetadataMatch());
        List<Arm> arms = new ArrayList<>();
        switch (proto.getClusterSpecifierCase()) {
            case CLUSTER -> arms.add(new Arm(proto.getCluster(), 1, labels));
            case WEIGHTED_CLUSTERS -> {
                for (ClusterWeight weight : proto.getWeightedClusters().getClustersList()) {
                    arms.add(arm(at + ".weighted_clusters.clusters[" + arms.size() + "]", weight, labels));
                }
            }
            default -> throw new InvalidResource(at + ": cluster or weighted_clusters is required");
        }
        if (arms.isEmpty()) {
            throw new InvalidResource(at + ".weighted_clusters.clusters: none (expected: 1 or more)");
        }
        return arms;
    }

    /** Its own labels go before those of all. */
    private static Arm arm(String at, ClusterWeight proto, Map<String, String> ofAll) throws InvalidResource {
        if (proto.getWeight() == 0) {
            throw new InvalidResource(at + ".weight: 0 (expected: 1 or more)");
        }
        Map<String, String> labels = new HashMap<>(ofAll);
        labels.putAll(LabelsParser.of(at + ".metadata_match", proto.getMetadataMatch()));
        return new Arm(proto.getName(), Integer.toUnsignedLong(proto.getWeight()), labels);
    }
}
