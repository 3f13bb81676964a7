package io.signalbox.controlplane.xds.load;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc.LoadReportingServiceImplBase;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.signalbox.controlplane.load.LoadReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code envoy.service.load_stats.v3.LoadReportingService}: asks each proxy that calls for a report of all its clusters
 * each second, and hands on what comes.
 */
public final class LoadReportService extends LoadReportingServiceImplBase {
    /** How often proxies report. A bad canary is to be seen within seconds. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final LoadStatsResponse ALL_CLUSTERS = LoadStatsResponse.newBuilder()
            .setSendAllClusters(true)
            .setLoadReportingInterval(Durations.fromNanos(INTERVAL.toNanos()))
            .build();

    private final Predicate<String> isPool;
    private final Consumer<LoadReport> reports;
    private final InstantSource clock;

    /**
     * @param isPool whether there is a pool of this name; what proxies report of other clusters is left out
     * @param reports called on gRPC's threads
     */
    public LoadReportService(Predicate<String> isPool, Consumer<LoadReport> reports, InstantSource clock) {
        this.isPool = isPool;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public StreamObserver<LoadStatsRequest> streamLoadStats(StreamObserver<LoadStatsResponse> responses) {
        return new Stream(responses);
    }

    /** gRPC calls it from one thread at a time. */
    private final class Stream implements StreamObserver<LoadStatsRequest> {
        private final StreamObserver<LoadStatsResponse> responses;
        private @Nullable String node;

        Stream(StreamObserver<LoadStatsResponse> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(LoadStatsRequest request) {
            String known = node;
            if (known != null) {
                report(known, request);
                return;
            }
            String id = request.getNode().getId();
            if (id.isEmpty()) {
                responses.onError(Status.INVALID_ARGUMENT
                        .withDescription("the first request of a stream must carry node.id")
                        .asRuntimeException());
                return;
            }
            node = id;
            responses.onNext(ALL_CLUSTERS);
            // When a stream broke, what was counted meanwhile comes with the first message of the next one.
            report(id, request);
        }

        private void report(String id, LoadStatsRequest request) {
            reports.accept(Reports.read(id, request, clock.instant(), isPool));
        }

        /** It comes back when it can. */
        @Override
        public void onError(Throwable ended) {}

        @Override
        public void onCompleted() {
            responses.onCompleted();
        }
    }
}
