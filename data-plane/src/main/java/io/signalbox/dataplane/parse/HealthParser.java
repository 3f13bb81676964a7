package io.signalbox.dataplane.parse;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.signalbox.dataplane.config.HealthConfig;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.config.HealthConfig.Statuses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code envoy.config.core.v3.HealthCheck} and {@code envoy.config.cluster.v3.OutlierDetection}. */
final class HealthParser {
    private static final double DEFAULT_PANIC_THRESHOLD = 50;
    private static final List<Statuses> OK = List.of(new Statuses(200, 201));
    private static final int DEFAULT_CONSECUTIVE = 5;
    private static final int ALL = 100;
    private static final int DEFAULT_MAX_PERCENT = 10;
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_BASE_TIME = Duration.ofSeconds(30);
    private static final Duration DEFAULT_MAX_TIME = Duration.ofSeconds(300);

    private HealthParser() {}

    static HealthConfig parse(Cluster proto) throws InvalidResource {
        if (proto.getHealthChecksCount() > 1) {
            throw new InvalidResource("health_checks: more than one is not supported");
        }
        // Envoy goes on with an endpoint that is gone from the config as long as its probes succeed, unless told
        // otherwise.
        boolean stays = proto.getType() == Cluster.DiscoveryType.STATIC || proto.getIgnoreHealthOnHostRemoval();
        if (proto.getHealthChecksCount() > 0 && !stays) {
            throw new InvalidResource("ignore_health_on_host_removal: false is not supported with health_checks");
        }
        return new HealthConfig(
                proto.getCommonLbConfig().hasHealthyPanicThreshold()
                        ? proto.getCommonLbConfig().getHealthyPanicThreshold().getValue()
                        : DEFAULT_PANIC_THRESHOLD,
                proto.getHealthChecksCount() == 0
                        ? Optional.empty()
                        : Optional.of(check(proto.getName(), proto.getHealthChecks(0))),
                proto.hasOutlierDetection() ? Optional.of(outliers(proto.getOutlierDetection())) : Optional.empty());
    }

    private static Check check(String cluster, HealthCheck proto) throws InvalidResource {
        return new Check(
                probe(cluster, proto),
                Protos.duration(proto.getInterval()),
                Protos.duration(proto.getTimeout()),
                Math.max(1, proto.getHealthyThreshold().getValue()),
                Math.max(1, proto.getUnhealthyThreshold().getValue()),
                proto.getTlsOptions().getAlpnProtocolsList());
    }

    private static Probe probe(String cluster, HealthCheck proto) throws InvalidResource {
        if (proto.hasTcpHealthCheck()) {
            return new Probe.Tcp();
        }
        if (proto.hasGrpcHealthCheck()) {
            String authority = proto.getGrpcHealthCheck().getAuthority();
            return new Probe.Grpc(
                    proto.getGrpcHealthCheck().getServiceName(), authority.isEmpty() ? cluster : authority);
        }
        if (!proto.hasHttpHealthCheck()) {
            throw new InvalidResource(
                    "health_checks[0]: one of http_health_check, tcp_health_check, grpc_health_check" + " is required");
        }
        HealthCheck.HttpHealthCheck http = proto.getHttpHealthCheck();
        List<Statuses> statuses = http.getExpectedStatusesList().stream()
                .map(range -> new Statuses(range.getStart(), range.getEnd()))
                .toList();
        return new Probe.Http(
                http.getPath(),
                http.getHost().isEmpty() ? cluster : http.getHost(),
                statuses.isEmpty() ? OK : statuses,
                switch (http.getCodecClientType()) {
                    case HTTP1 -> false;
                    case HTTP2 -> true;
                    case HTTP3, UNRECOGNIZED ->
                        throw new InvalidResource("health_checks[0].http_health_check.codec_client_type: "
                                + http.getCodecClientType() + " is not supported");
                });
    }

    private static Outliers outliers(OutlierDetection proto) throws InvalidResource {
        String at = "outlier_detection.";
        none(at + "enforcing_success_rate", proto.hasEnforcingSuccessRate(), proto.getEnforcingSuccessRate(), ALL);
        none(
                at + "enforcing_failure_percentage",
                proto.hasEnforcingFailurePercentage(),
                proto.getEnforcingFailurePercentage(),
                0);
        Duration base = proto.hasBaseEjectionTime() ? Protos.duration(proto.getBaseEjectionTime()) : DEFAULT_BASE_TIME;
        Duration max = proto.hasMaxEjectionTime() ? Protos.duration(proto.getMaxEjectionTime()) : DEFAULT_MAX_TIME;
        return new Outliers(
                consecutive(
                        at + "enforcing_consecutive_5xx",
                        value(proto.hasEnforcingConsecutive5Xx(), proto.getEnforcingConsecutive5Xx(), ALL),
                        value(proto.hasConsecutive5Xx(), proto.getConsecutive5Xx(), DEFAULT_CONSECUTIVE)),
                consecutive(
                        at + "enforcing_consecutive_gateway_failure",
                        value(
                                proto.hasEnforcingConsecutiveGatewayFailure(),
                                proto.getEnforcingConsecutiveGatewayFailure(),
                                0),
                        value(
                                proto.hasConsecutiveGatewayFailure(),
                                proto.getConsecutiveGatewayFailure(),
                                DEFAULT_CONSECUTIVE)),
                proto.hasInterval() ? Protos.duration(proto.getInterval()) : DEFAULT_INTERVAL,
                base,
                max.compareTo(base) < 0 ? base : max,
                value(proto.hasMaxEjectionPercent(), proto.getMaxEjectionPercent(), DEFAULT_MAX_PERCENT));
    }

    private static void none(String at, boolean present, UInt32Value proto, int absent) throws InvalidResource {
        if (value(present, proto, absent) != 0) {
            throw new InvalidResource(at + ": only 0 is supported");
        }
    }

    private static int consecutive(String at, int enforcing, int count) throws InvalidResource {
        if (enforcing != 0 && enforcing != ALL) {
            throw new InvalidResource(at + ": " + enforcing + " is not supported (expected: 0 or 100)");
        }
        return enforcing == 0 || count == 0 ? Outliers.NEVER : count;
    }

    private static int value(boolean present, UInt32Value proto, int absent) {
        return present ? proto.getValue() : absent;
    }
}
