package io.signalbox.dataplane;

import io.envoyproxy.envoy.service.metrics.v3.MetricsServiceGrpc.MetricsServiceImplBase;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.Metrics.Histogram;
import io.prometheus.client.Metrics.Metric;
import io.prometheus.client.Metrics.MetricFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told, and adds up histograms. */
final class MetricsServer implements AutoCloseable {
    private final Server server;
    private final List<StreamMetricsMessage> messages = new CopyOnWriteArrayList<>();
    private volatile @Nullable StreamObserver<StreamMetricsResponse> stream;

    MetricsServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Service())
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    List<StreamMetricsMessage> messages() {
        return messages;
    }

    /** How many values a histogram got so far. */
    long count(String name) {
        return all(name).stream().mapToLong(Histogram::getSampleCount).sum();
    }

    /** How often each counter whose name has this part was counted so far, and how many values each such histogram got. */
    Map<String, Long> countsBelow(String part) {
        Map<String, Long> counts = new TreeMap<>();
        for (StreamMetricsMessage message : messages) {
            for (MetricFamily family : message.getEnvoyMetricsList()) {
                if (family.getName().contains(part)) {
                    for (Metric metric : family.getMetricList()) {
                        long count = metric.hasCounter()
                                ? Math.round(metric.getCounter().getValue())
                                : metric.getHistogram().getSampleCount();
                        counts.merge(family.getName(), count, Long::sum);
                    }
                }
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** By upper bounds, cumulative. */
    Map<Double, Long> buckets(String name) {
        Map<Double, Long> buckets = new TreeMap<>();
        all(name)
                .forEach(histogram -> histogram
                        .getBucketList()
                        .forEach(bucket ->
                                buckets.merge(bucket.getUpperBound(), bucket.getCumulativeCount(), Long::sum)));
        return buckets;
    }

    private List<Histogram> all(String name) {
        return messages.stream()
                .flatMap(message -> message.getEnvoyMetricsList().stream())
                .filter(family -> family.getName().equals(name))
                .map(MetricFamily::getMetricList)
                .flatMap(List::stream)
                .map(metric -> metric.getHistogram())
                .toList();
    }

    void breakStream() {
        StreamObserver<StreamMetricsResponse> current = stream;
        if (current != null) {
            current.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Service extends MetricsServiceImplBase {
        @Override
        public StreamObserver<StreamMetricsMessage> streamMetrics(StreamObserver<StreamMetricsResponse> response) {
            stream = response;
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamMetricsMessage message) {
                    messages.add(message);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    response.onCompleted();
                }
            };
        }
    }
}
