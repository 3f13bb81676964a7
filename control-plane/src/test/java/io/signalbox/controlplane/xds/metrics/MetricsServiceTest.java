package io.signalbox.controlplane.xds.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.Metrics.Metric;
import io.prometheus.client.Metrics.MetricFamily;
import io.signalbox.controlplane.load.MetricsConsumer;
import io.signalbox.controlplane.load.MetricsReport;
import io.signalbox.controlplane.load.MetricsReport.Bar;
import io.signalbox.controlplane.load.MetricsReport.Counter;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import io.signalbox.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class MetricsServiceTest {
    private static final Histogram TIMES = new Histogram(
            "cluster.a.upstream_rq_time", List.of(new Bar(1, 2), new Bar(5, 3), new Bar(Double.POSITIVE_INFINITY, 1)));

    private final FakeClock clock = new FakeClock();
    private final Consumer times = new Consumer(name -> name.endsWith(".upstream_rq_time"));
    private final Consumer counts = new Consumer(name -> name.endsWith(".upstream_rq_completed"));
    private final Caller caller = new Caller();
    private final MetricsService service = new MetricsService(List.of(times, counts), clock);
    private final MetricsReader reader = new MetricsReader(service::isWanted);
    private final StreamObserver<Metrics> stream = service.open(caller);

    private static final class Consumer implements MetricsConsumer {
        private final Predicate<String> wanted;
        private final List<MetricsReport> reports = new ArrayList<>();

        Consumer(Predicate<String> wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(String name) {
            return wanted.test(name);
        }

        @Override
        public void accept(MetricsReport report) {
            reports.add(report);
        }
    }

    private static final class Caller implements StreamObserver<StreamMetricsResponse> {
        private final CompletableFuture<StreamMetricsResponse> end = new CompletableFuture<>();

        @Override
        public void onNext(StreamMetricsResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}
    }

    private void send(StreamMetricsMessage message) {
        stream.onNext(reader.parse(message.toByteString().newInput()));
    }

    @Test
    void readsWhatIsWantedAndLeavesOutTheRest() {
        send(message("edge-1", times(), completed(7), gauge(), membership()));

        MetricsReport expected = new MetricsReport(
                "edge-1",
                clock.instant(),
                Duration.ofSeconds(5),
                List.of(new Counter("cluster.a.upstream_rq_completed", 7)),
                List.of(TIMES));
        assertThat(times.reports).containsExactly(expected);
        assertThat(counts.reports).containsExactly(expected);
    }

    @Test
    void aMessageCoversTheTimeSinceTheOneBefore() {
        send(message("edge-1"));
        clock.advance(Duration.ofSeconds(2));
        send(message("", times()));
        clock.advance(Duration.ofHours(2));
        send(message(""));

        assertThat(times.reports)
                .extracting(MetricsReport::node, MetricsReport::covered)
                .containsExactly(
                        tuple("edge-1", Duration.ofSeconds(5)),
                        tuple("edge-1", Duration.ofSeconds(2)),
                        tuple("edge-1", Duration.ofMinutes(1)));
        assertThat(times.reports.get(1).histograms()).containsExactly(TIMES);
    }

    /** A proxy's clock may be off; its messages count when they come. */
    @Test
    void whatAProxysClockSaysDoesNotMatter() {
        for (Duration off : List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(-1))) {
            MetricFamily.Builder completed = completed(7).toBuilder();
            completed
                    .getMetricBuilder(0)
                    .setTimestampMs(clock.instant().plus(off).toEpochMilli());
            send(message("edge-1", completed.build()));
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(counts.reports)
                .extracting(report -> Duration.between(report.arrival(), clock.instant()), MetricsReport::covered)
                .containsExactly(
                        tuple(Duration.ofSeconds(15), Duration.ofSeconds(5)),
                        tuple(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                        tuple(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    @Test
    void aStreamIsNotAnsweredUntilItEnds() {
        send(message("edge-1", times()));
        assertThat(caller.end).isNotDone();

        stream.onCompleted();
        assertThat(caller.end).isCompleted();
    }

    @Test
    void refusesWhoDoesNotSayWhoItIs() {
        send(message("", times()));

        assertThatThrownBy(caller.end::get)
                .isInstanceOf(ExecutionException.class)
                .extracting(failure -> Status.fromThrowable(failure.getCause()))
                .satisfies(status -> {
                    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(status.getDescription()).contains("identifier.node.id");
                });
        assertThat(times.reports).isEmpty();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        // A family whose metric comes before its name, as protobuf allows.
        MetricFamily family = times();
        byte[] backwards = ByteString.EMPTY
                .concat(family.toBuilder().clearName().build().toByteString())
                .concat(MetricFamily.newBuilder()
                        .setName(family.getName())
                        .build()
                        .toByteString())
                .toByteArray();
        Metrics read = reader.parse(StreamMetricsMessage.newBuilder()
                .addEnvoyMetrics(MetricFamily.getDefaultInstance())
                .build()
                .toByteString()
                .concat(framed(backwards))
                .newInput());

        assertThat(read.histograms()).containsExactly(TIMES);
    }

    private static ByteString framed(byte[] family) {
        return StreamMetricsMessage.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                StreamMetricsMessage.ENVOY_METRICS_FIELD_NUMBER,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(family))
                                        .build())
                        .build())
                .build()
                .toByteString();
    }

    private static StreamMetricsMessage message(String node, MetricFamily... families) {
        StreamMetricsMessage.Builder message = StreamMetricsMessage.newBuilder().addAllEnvoyMetrics(List.of(families));
        if (!node.isEmpty()) {
            message.getIdentifierBuilder().getNodeBuilder().setId(node);
        }
        return message.build();
    }

    private static MetricFamily times() {
        Metric.Builder metric = Metric.newBuilder();
        var histogram = metric.getHistogramBuilder().setSampleCount(6);
        for (double[] bucket : new double[][] {{1, 2}, {3, 2}, {5, 5}}) {
            histogram.addBucketBuilder().setUpperBound(bucket[0]).setCumulativeCount((long) bucket[1]);
        }
        return family("cluster.a.upstream_rq_time", metric);
    }

    private static MetricFamily completed(double delta) {
        Metric.Builder metric = Metric.newBuilder();
        metric.getCounterBuilder().setValue(delta);
        return family("cluster.a.upstream_rq_completed", metric);
    }

    private static MetricFamily gauge() {
        Metric.Builder metric = Metric.newBuilder();
        metric.getGaugeBuilder().setValue(3);
        return family("cluster.b.upstream_rq_completed", metric);
    }

    private static MetricFamily membership() {
        Metric.Builder metric = Metric.newBuilder();
        metric.getCounterBuilder().setValue(1);
        return family("cluster.a.membership_change", metric);
    }

    private static MetricFamily family(String name, Metric.Builder metric) {
        return MetricFamily.newBuilder().setName(name).addMetric(metric).build();
    }
}
