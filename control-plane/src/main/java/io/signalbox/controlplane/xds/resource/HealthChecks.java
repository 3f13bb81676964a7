package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.GrpcHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.HttpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.TcpHealthCheck;
import io.envoyproxy.envoy.type.v3.CodecClientType;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.envoyproxy.envoy.type.v3.Percent;
import io.signalbox.controlplane.model.HealthCheck;
import io.signalbox.controlplane.model.OutlierDetection;
import io.signalbox.controlplane.model.PoolHealth;
import io.signalbox.controlplane.model.Transport;
import io.signalbox.controlplane.model.Transport.Protocol;

/** How a cluster finds out which of its endpoints are well. */
final class HealthChecks {
    private HealthChecks() {}

    static void add(PoolHealth health, Transport transport, Cluster.Builder cluster) {
        health.check()
                .ifPresent(check -> cluster.addHealthChecks(proto(check, transport))
                        // Else Envoy keeps an endpoint that has gone or is drained for as long as its probes succeed.
                        .setIgnoreHealthOnHostRemoval(true));
        health.outlierDetection().ifPresent(outliers -> cluster.setOutlierDetection(proto(outliers)));
        health.panicThreshold()
                .ifPresent(percent -> cluster.getCommonLbConfigBuilder()
                        .setHealthyPanicThreshold(Percent.newBuilder().setValue(percent)));
    }

    /**
     * The interval without traffic, 60 s by default, is made the same: a pool that some route names is one that requests
     * may come to at any time.
     */
    private static io.envoyproxy.envoy.config.core.v3.HealthCheck proto(HealthCheck check, Transport transport) {
        var proto = io.envoyproxy.envoy.config.core.v3.HealthCheck.newBuilder()
                .setInterval(Clusters.duration(check.interval()))
                .setNoTrafficInterval(Clusters.duration(check.interval()))
                .setTimeout(Clusters.duration(check.timeout()))
                .setHealthyThreshold(UInt32Value.of(check.healthyThreshold()))
                .setUnhealthyThreshold(UInt32Value.of(check.unhealthyThreshold()));
        if (speaksHttp2(check.probe(), transport) && transport.tls().isPresent()) {
            proto.getTlsOptionsBuilder().addAlpnProtocols("h2");
        }
        if (check.probe() instanceof HealthCheck.Http http) {
            proto.setHttpHealthCheck(proto(http, transport));
        } else if (check.probe() instanceof HealthCheck.Grpc grpc) {
            GrpcHealthCheck.Builder probe = GrpcHealthCheck.newBuilder();
            grpc.service().ifPresent(probe::setServiceName);
            proto.setGrpcHealthCheck(probe);
        } else {
            proto.setTcpHealthCheck(TcpHealthCheck.getDefaultInstance());
        }
        return proto.build();
    }

    /** Where each server chooses, GETs go by HTTP/1.1, which those that choose speak as well. */
    private static boolean speaksHttp2(HealthCheck.Probe probe, Transport transport) {
        return probe instanceof HealthCheck.Grpc
                || probe instanceof HealthCheck.Http && transport.protocol() == Protocol.HTTP2;
    }

    private static HttpHealthCheck proto(HealthCheck.Http http, Transport transport) {
        HttpHealthCheck.Builder probe = HttpHealthCheck.newBuilder().setPath(http.path());
        http.host().ifPresent(probe::setHost);
        if (speaksHttp2(http, transport)) {
            probe.setCodecClientType(CodecClientType.HTTP2);
        }
        http.statuses()
                .forEach(status -> probe.addExpectedStatuses(
                        Int64Range.newBuilder().setStart(status).setEnd(status + 1)));
        return probe.build();
    }

    /** Envoy enforces some of its rules unasked: what a pool does not ask for is switched off, the success rate above all. */
    private static io.envoyproxy.envoy.config.cluster.v3.OutlierDetection proto(OutlierDetection outliers) {
        var proto = io.envoyproxy.envoy.config.cluster.v3.OutlierDetection.newBuilder()
                .setEnforcingSuccessRate(UInt32Value.of(0))
                .setEnforcingConsecutive5Xx(
                        UInt32Value.of(outliers.consecutive5xx().isPresent() ? 100 : 0))
                .setEnforcingConsecutiveGatewayFailure(
                        UInt32Value.of(outliers.consecutiveGatewayFailures().isPresent() ? 100 : 0));
        outliers.consecutive5xx().ifPresent(n -> proto.setConsecutive5Xx(UInt32Value.of(n)));
        outliers.consecutiveGatewayFailures().ifPresent(n -> proto.setConsecutiveGatewayFailure(UInt32Value.of(n)));
        outliers.interval().ifPresent(interval -> proto.setInterval(Clusters.duration(interval)));
        outliers.baseEjectionTime().ifPresent(time -> proto.setBaseEjectionTime(Clusters.duration(time)));
        outliers.maxEjectionPercent().ifPresent(percent -> proto.setMaxEjectionPercent(UInt32Value.of(percent)));
        return proto.build();
    }
}
