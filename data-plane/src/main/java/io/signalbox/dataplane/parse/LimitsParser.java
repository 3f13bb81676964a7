package io.signalbox.dataplane.parse;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.signalbox.dataplane.config.ClusterConfig.Limits;

/** {@code envoy.config.cluster.v3.CircuitBreakers} and what limits a connection. */
final class LimitsParser {
    private LimitsParser() {}

    /** Of several thresholds the first for the default priority holds, as in Envoy; no route of ours has another. */
    static Limits parse(CircuitBreakers proto, HttpProtocolOptions http) {
        Thresholds thresholds = proto.getThresholdsList().stream()
                .filter(t -> t.getPriority() == RoutingPriority.DEFAULT)
                .findFirst()
                .orElse(Thresholds.getDefaultInstance());
        Limits usual = Limits.USUAL;
        return new Limits(
                value(thresholds.hasMaxConnections(), thresholds.getMaxConnections(), usual.connections()),
                value(thresholds.hasMaxPendingRequests(), thresholds.getMaxPendingRequests(), usual.pendingRequests()),
                value(thresholds.hasMaxRequests(), thresholds.getMaxRequests(), usual.requests()),
                value(thresholds.hasMaxRetries(), thresholds.getMaxRetries(), usual.retries()),
                value(http.hasMaxRequestsPerConnection(), http.getMaxRequestsPerConnection(), Limits.NONE));
    }

    /** An unsigned number beyond our range is no limit that could be reached. */
    private static int value(boolean present, UInt32Value proto, int absent) {
        if (!present) {
            return absent;
        }
        return proto.getValue() < 0 ? Integer.MAX_VALUE : proto.getValue();
    }
}
