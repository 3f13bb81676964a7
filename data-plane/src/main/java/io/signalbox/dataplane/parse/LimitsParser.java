package io.signalbox.dataplane.parse;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.ClusterConfig.RetryBudget;
import java.util.Optional;

/** {@code envoy.config.cluster.v3.CircuitBreakers} and what limits a connection. */
final class LimitsParser {
    private static final double USUAL_BUDGET_PERCENT = 20;

    private LimitsParser() {}

    /** Of several thresholds the first for the default priority holds, as in Envoy; no route of ours has another. */
    static Limits parse(CircuitBreakers proto, HttpProtocolOptions http) throws InvalidResource {
        if (http.hasIdleTimeout() || http.hasMaxHeadersCount()) {
            throw new InvalidResource("typed_extension_protocol_options: common_http_protocol_options."
                    + (http.hasIdleTimeout() ? "idle_timeout" : "max_headers_count") + " is not supported");
        }
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
                thresholds.hasRetryBudget() ? Optional.of(budget(thresholds.getRetryBudget())) : Optional.empty(),
                value(http.hasMaxRequestsPerConnection(), http.getMaxRequestsPerConnection(), Limits.NONE));
    }

    private static RetryBudget budget(Thresholds.RetryBudget proto) {
        return new RetryBudget(
                proto.hasBudgetPercent() ? proto.getBudgetPercent().getValue() : USUAL_BUDGET_PERCENT,
                value(proto.hasMinRetryConcurrency(), proto.getMinRetryConcurrency(), Limits.USUAL.retries()));
    }

    /** An unsigned number beyond our range is no limit that could be reached. */
    private static int value(boolean present, UInt32Value proto, int absent) {
        if (!present) {
            return absent;
        }
        return proto.getValue() < 0 ? Integer.MAX_VALUE : proto.getValue();
    }
}
