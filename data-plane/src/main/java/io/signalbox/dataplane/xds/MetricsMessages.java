package io.signalbox.dataplane.xds;

import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.prometheus.client.Metrics.Metric;
import io.prometheus.client.Metrics.MetricFamily;
import io.prometheus.client.Metrics.MetricType;
import io.signalbox.dataplane.stats.ClusterStats;
import io.signalbox.dataplane.stats.Histogram;
import java.util.List;

/** Writes what was counted as Envoy's sink does: counters as their growth, histograms of the time since the message before. */
final class MetricsMessages {
    private MetricsMessages() {}

    /** @param millis when it was taken */
    static StreamMetricsMessage.Builder write(List<ClusterStats.Taken> clusters, long millis) {
        StreamMetricsMessage.Builder message = StreamMetricsMessage.newBuilder();
        for (ClusterStats.Taken cluster : clusters) {
            cluster.counters()
                    .forEach((name, delta) -> message.addEnvoyMetrics(
                            family(name, MetricType.COUNTER, counter(delta).setTimestampMs(millis))));
            cluster.histograms()
                    .forEach((name, values) -> message.addEnvoyMetrics(
                            family(name, MetricType.HISTOGRAM, histogram(values).setTimestampMs(millis))));
        }
        return message;
    }

    private static MetricFamily family(String name, MetricType type, Metric.Builder metric) {
        return MetricFamily.newBuilder()
                .setName(name)
                .setType(type)
                .addMetric(metric)
                .build();
    }

    private static Metric.Builder counter(long delta) {
        Metric.Builder metric = Metric.newBuilder();
        metric.getCounterBuilder().setValue(delta);
        return metric;
    }

    private static Metric.Builder histogram(Histogram.Values values) {
        Metric.Builder metric = Metric.newBuilder();
        var histogram =
                metric.getHistogramBuilder().setSampleCount(values.count()).setSampleSum(values.sum());
        for (int i = 0; i < values.bounds().size(); i++) {
            histogram
                    .addBucketBuilder()
                    .setUpperBound(values.bounds().get(i))
                    .setCumulativeCount(values.cumulative().get(i));
        }
        return metric;
    }
}
