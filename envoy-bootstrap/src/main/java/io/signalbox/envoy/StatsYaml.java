package io.signalbox.envoy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The parts of a bootstrap that have a proxy send its latencies to the control plane. Envoy:
 * "envoy.config.metrics.v3.MetricsServiceConfig" and "StatsConfig.histogram_bucket_settings".
 */
final class StatsYaml {
    private static final String TYPE = "type.googleapis.com/envoy.config.metrics.v3.MetricsServiceConfig";

    private StatsYaml() {}

    static ObjectNode parts(EnvoyBootstrap bootstrap, String xdsCluster) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        ObjectNode sink = parts.putArray("stats_sinks").addObject().put("name", "envoy.stat_sinks.metrics_service");
        ObjectNode config = sink.putObject("typed_config").put("@type", TYPE).put("transport_api_version", "V3");
        config.putObject("grpc_service").putObject("envoy_grpc").put("cluster_name", xdsCluster);
        config.put("report_counters_as_deltas", true).put("histogram_emit_mode", "HISTOGRAM");
        bootstrap.statsInterval().ifPresent(interval -> parts.put("stats_flush_interval", seconds(interval)));
        ObjectNode setting = parts.putObject("stats_config")
                .putArray("histogram_bucket_settings")
                .addObject();
        setting.putObject("match").put("suffix", "upstream_rq_time");
        ArrayNode buckets = setting.putArray("buckets");
        LatencyBuckets.MILLIS.forEach(buckets::add);
        return parts;
    }

    private static String seconds(Duration interval) {
        return BigDecimal.valueOf(interval.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }
}
