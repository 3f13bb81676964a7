package io.signalbox.controlplane.xds.metrics;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.prometheus.client.Metrics.Metric;
import io.prometheus.client.Metrics.MetricFamily;
import io.signalbox.controlplane.load.MetricsReport.Bar;
import io.signalbox.controlplane.load.MetricsReport.Counter;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a {@link StreamMetricsMessage}. An Envoy with a thousand clusters sends 3 MB of them every 5 seconds, nearly all of which
 * nobody wants; so of each family the name is read first, and the rest is skipped, not parsed, where the name is not wanted.
 */
final class MetricsReader implements MethodDescriptor.Marshaller<Metrics> {
    private static final int IDENTIFIER = lengthDelimited(StreamMetricsMessage.IDENTIFIER_FIELD_NUMBER);
    private static final int FAMILY = lengthDelimited(StreamMetricsMessage.ENVOY_METRICS_FIELD_NUMBER);
    private static final int NAME = lengthDelimited(MetricFamily.NAME_FIELD_NUMBER);
    private static final int METRIC = lengthDelimited(MetricFamily.METRIC_FIELD_NUMBER);
    private static final ExtensionRegistryLite NONE = ExtensionRegistryLite.getEmptyRegistry();

    private final Predicate<String> wanted;

    MetricsReader(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    private static int lengthDelimited(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    @Override
    public Metrics parse(InputStream bytes) {
        try {
            return read(CodedInputStream.newInstance(bytes));
        } catch (IOException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("not a StreamMetricsMessage: " + e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    @Override
    public InputStream stream(Metrics value) {
        throw new UnsupportedOperationException("a server does not write requests");
    }

    private Metrics read(CodedInputStream in) throws IOException {
        Optional<String> node = Optional.empty();
        List<Counter> counters = new ArrayList<>();
        List<Histogram> histograms = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == FAMILY) {
                int outer = in.pushLimit(in.readRawVarint32());
                family(in, counters, histograms);
                in.popLimit(outer);
            } else if (tag == IDENTIFIER) {
                var identifier = in.readMessage(StreamMetricsMessage.Identifier.parser(), NONE);
                node = Optional.of(identifier.getNode().getId()).filter(id -> !id.isEmpty());
            } else {
                in.skipField(tag);
            }
        }
        return new Metrics(node, counters, histograms);
    }

    private void family(CodedInputStream in, List<Counter> counters, List<Histogram> histograms) throws IOException {
        String name = "";
        List<Metric> metrics = new ArrayList<>(1);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == NAME) {
                name = in.readString();
                if (!wanted.test(name)) {
                    in.skipRawBytes(in.getBytesUntilLimit());
                    return;
                }
            } else if (tag == METRIC) {
                metrics.add(in.readMessage(Metric.parser(), NONE));
            } else {
                in.skipField(tag);
            }
        }
        for (Metric metric : metrics) {
            if (metric.hasCounter()) {
                counters.add(new Counter(name, Math.round(metric.getCounter().getValue())));
            } else if (metric.hasHistogram()) {
                histograms.add(new Histogram(name, bars(metric.getHistogram())));
            }
        }
    }

    /** Envoy's counts are cumulative over the buckets, though not over time. */
    private static List<Bar> bars(io.prometheus.client.Metrics.Histogram histogram) {
        List<Bar> bars = new ArrayList<>();
        long below = 0;
        for (var bucket : histogram.getBucketList()) {
            if (bucket.getCumulativeCount() > below) {
                bars.add(new Bar(bucket.getUpperBound(), bucket.getCumulativeCount() - below));
                below = bucket.getCumulativeCount();
            }
        }
        if (histogram.getSampleCount() > below) {
            bars.add(new Bar(Double.POSITIVE_INFINITY, histogram.getSampleCount() - below));
        }
        return bars;
    }
}
