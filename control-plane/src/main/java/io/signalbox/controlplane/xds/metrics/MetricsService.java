package io.signalbox.controlplane.xds.metrics;

import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsResponse;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.signalbox.controlplane.load.MetricsConsumer;
import io.signalbox.controlplane.load.MetricsReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code envoy.service.metrics.v3.MetricsService}: takes the streams that proxies send what they count on, and hands it to those
 * who make something of it. A stream gets no answer as long as it lasts.
 */
public final class MetricsService implements BindableService {
    /** How often an Envoy sends unless its bootstrap says something else: the first message of a stream tells no time. */
    static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

    private static final String SERVICE = "envoy.service.metrics.v3.MetricsService";

    private final List<MetricsConsumer> consumers;
    private final InstantSource clock;

    /** @param consumers called on gRPC's threads */
    public MetricsService(List<MetricsConsumer> consumers, InstantSource clock) {
        this.consumers = List.copyOf(consumers);
        this.clock = clock;
    }

    @Override
    public ServerServiceDefinition bindService() {
        MethodDescriptor<Metrics, StreamMetricsResponse> method =
                MethodDescriptor.<Metrics, StreamMetricsResponse>newBuilder()
                        .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "StreamMetrics"))
                        .setRequestMarshaller(new MetricsReader(this::isWanted))
                        .setResponseMarshaller(ProtoUtils.marshaller(StreamMetricsResponse.getDefaultInstance()))
                        .build();
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(method, ServerCalls.asyncClientStreamingCall(this::open))
                .build();
    }

    StreamObserver<Metrics> open(StreamObserver<StreamMetricsResponse> response) {
        return new Stream(response);
    }

    boolean isWanted(String name) {
        for (MetricsConsumer consumer : consumers) {
            if (consumer.wants(name)) {
                return true;
            }
        }
        return false;
    }

    /** gRPC calls it from one thread at a time. */
    private final class Stream implements StreamObserver<Metrics> {
        private final StreamObserver<StreamMetricsResponse> response;
        private @Nullable String node;
        private @Nullable Instant last;

        Stream(StreamObserver<StreamMetricsResponse> response) {
            this.response = response;
        }

        @Override
        public void onNext(Metrics metrics) {
            String id = node == null ? metrics.node().orElse("") : node;
            if (id.isEmpty()) {
                response.onError(Status.INVALID_ARGUMENT
                        .withDescription("the first message of a stream must carry identifier.node.id")
                        .asRuntimeException());
                return;
            }
            node = id;
            Instant now = clock.instant();
            Duration covered = last == null ? USUAL_INTERVAL : Duration.between(last, now);
            last = now;
            MetricsReport report = new MetricsReport(id, now, covered, metrics.counters(), metrics.histograms());
            consumers.forEach(consumer -> consumer.accept(report));
        }

        /** It comes back when it can. */
        @Override
        public void onError(Throwable ended) {}

        @Override
        public void onCompleted() {
            response.onNext(StreamMetricsResponse.getDefaultInstance());
            response.onCompleted();
        }
    }
}
