package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.metrics.v3.HistogramBucketSettings;
import io.envoyproxy.envoy.config.metrics.v3.HistogramEmitMode;
import io.envoyproxy.envoy.config.metrics.v3.MetricsServiceConfig;
import io.signalbox.dataplane.stats.HistogramBounds;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.TextCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a bootstrap says of statistics: to whom they are sent, how often, and how finely times are told apart. */
public final class StatsParser {
    /** Envoy's. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private StatsParser() {}

    /** The cluster of the metrics service; empty where there is none. */
    public static Optional<String> metricsCluster(Bootstrap proto) throws InvalidResource {
        if (proto.getStatsSinksCount() == 0) {
            return Optional.empty();
        }
        if (proto.getStatsSinksCount() > 1) {
            throw new InvalidResource("stats_sinks[1] is not supported (expected: one metrics service)");
        }
        if (proto.getStatsFlushOnAdmin()) {
            throw new InvalidResource("stats_flush_on_admin is not supported beside a metrics service");
        }
        String at = "stats_sinks[0].typed_config";
        MetricsServiceConfig sink =
                Protos.unpack(at, proto.getStatsSinks(0).getTypedConfig(), MetricsServiceConfig.class);
        if (!sink.getReportCountersAsDeltas().getValue()) {
            throw new InvalidResource(at + ".report_counters_as_deltas: false (expected: true)");
        }
        if (sink.getHistogramEmitMode() != HistogramEmitMode.HISTOGRAM) {
            throw new InvalidResource(
                    at + ".histogram_emit_mode: " + sink.getHistogramEmitMode() + " (expected: HISTOGRAM)");
        }
        if (!sink.getGrpcService().hasEnvoyGrpc()) {
            throw new InvalidResource(at + ".grpc_service: an envoy_grpc service is required");
        }
        return Optional.of(sink.getGrpcService().getEnvoyGrpc().getClusterName());
    }

    public static Duration interval(Bootstrap proto) {
        return proto.hasStatsFlushInterval() ? Protos.duration(proto.getStatsFlushInterval()) : INTERVAL;
    }

    public static HistogramBounds bounds(Bootstrap proto) throws InvalidResource {
        List<HistogramBounds.Rule> rules = new ArrayList<>();
        List<HistogramBucketSettings> settings = proto.getStatsConfig().getHistogramBucketSettingsList();
        for (int i = 0; i < settings.size(); i++) {
            String at = "stats_config.histogram_bucket_settings[" + i + "].match";
            try {
                TextCondition name = TextCondition.parse(settings.get(i).getMatch());
                rules.add(new HistogramBounds.Rule(name, settings.get(i).getBucketsList()));
            } catch (InvalidRouteConfiguration e) {
                throw new InvalidResource(at + ": " + e.getMessage(), e);
            }
        }
        return new HistogramBounds(rules);
    }
}
