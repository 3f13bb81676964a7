package io.signalbox.dataplane.xds;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.signalbox.dataplane.state.Timers;
import io.signalbox.dataplane.upstream.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server what the clusters were sent, as often as it asks for, on one stream that is opened again when it ends.
 * Counting goes on meanwhile, and the first report on the next stream tells it all. Confined to the config thread; gRPC's
 * callbacks go through its executor. Envoy: {@code LoadStatsReporter}.
 */
public final class LoadReporter {
    private static final Logger LOG = LoggerFactory.getLogger(LoadReporter.class);

    /** Envoy's. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ManagedChannel channel;
    private final Executor configThread;
    private final Timers timers;
    private final LoadReports reports;
    private @Nullable Stream stream;
    private boolean closed;

    /**
     * @param channel not ours to close
     * @param clusters those in force
     */
    public LoadReporter(
            ManagedChannel channel,
            Node node,
            Executor configThread,
            Timers timers,
            Supplier<Collection<Cluster>> clusters) {
        this(channel, configThread, timers, new LoadReports(node, clusters, System::nanoTime));
    }

    LoadReporter(ManagedChannel channel, Executor configThread, Timers timers, LoadReports reports) {
        this.channel = channel;
        this.configThread = configThread;
        this.timers = timers;
        this.reports = reports;
    }

    public void start() {
        if (closed) {
            return;
        }
        Stream next = new Stream();
        stream = next;
        LoadReportingServiceGrpc.newStub(channel).streamLoadStats(next);
        next.send(reports.hello());
    }

    public void close() {
        closed = true;
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    private void asked(Stream by, LoadStatsResponse wanted) {
        if (by == stream) {
            reports.select(wanted);
            by.interval = Duration.ofNanos(Durations.toNanos(wanted.getLoadReportingInterval()));
            by.period++;
            reportLater(by, by.period);
        }
    }

    /** @param period the server's last answer, which alone holds */
    private void reportLater(Stream on, int period) {
        timers.schedule(on.interval, () -> {
            if (on == stream && on.period == period) {
                on.send(reports.take());
                reportLater(on, period);
            }
        });
    }

    private void ended(Stream which, String reason) {
        if (stream == which && !closed) {
            stream = null;
            LOG.info("load report stream ended: {}; again in {} s", reason, RETRY.toSeconds());
            timers.schedule(RETRY, this::start);
        }
    }

    /** One stream. gRPC calls it on its own threads; it only passes on. */
    private final class Stream implements ClientResponseObserver<LoadStatsRequest, LoadStatsResponse> {
        private @Nullable ClientCallStreamObserver<LoadStatsRequest> requests;
        private Duration interval = Duration.ZERO;
        private int period;

        @Override
        public void beforeStart(ClientCallStreamObserver<LoadStatsRequest> requests) {
            this.requests = requests;
        }

        void send(LoadStatsRequest request) {
            if (requests != null) {
                requests.onNext(request);
            }
        }

        void cancel() {
            if (requests != null) {
                requests.cancel("closed", null);
            }
        }

        @Override
        public void onNext(LoadStatsResponse response) {
            configThread.execute(() -> asked(this, response));
        }

        @Override
        public void onError(Throwable failure) {
            configThread.execute(() -> ended(this, Status.fromThrowable(failure).toString()));
        }

        @Override
        public void onCompleted() {
            configThread.execute(() -> ended(this, "by the server"));
        }
    }
}
