package io.signalbox.dataplane.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.metrics.v3.MetricsServiceGrpc;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsMessage;
import io.envoyproxy.envoy.service.metrics.v3.StreamMetricsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.signalbox.dataplane.state.Timers;
import io.signalbox.dataplane.stats.Stats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was counted to a server, as often as the bootstrap says, on one stream that is opened again when it has ended. As long
 * as nobody is there to hear it, counting goes on, and the first message that can be sent tells it all; Envoy loses it. Confined to
 * the config thread; gRPC's callbacks go through its executor. Envoy: {@code envoy.stat_sinks.metrics_service}.
 */
public final class MetricsReporter {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsReporter.class);

    private final ManagedChannel channel;
    private final Node node;
    private final Executor configThread;
    private final Timers timers;
    private final Source source;
    private @Nullable Stream stream;
    private boolean closed;

    /**
     * What is told.
     *
     * @param clusters the names of those in force
     * @param interval from one message to the next
     */
    public record Source(Stats stats, Supplier<Set<String>> clusters, Duration interval, InstantSource clock) {}

    /** @param channel not ours to close */
    public MetricsReporter(ManagedChannel channel, Node node, Executor configThread, Timers timers, Source source) {
        this.channel = channel;
        this.node = node;
        this.configThread = configThread;
        this.timers = timers;
        this.source = source;
    }

    public void start() {
        if (closed) {
            return;
        }
        if (stream == null) {
            Stream next = new Stream();
            stream = next;
            MetricsServiceGrpc.newStub(channel).streamMetrics(next);
        }
        tell(stream);
        timers.schedule(source.interval(), this::start);
    }

    public void close() {
        closed = true;
        if (stream != null && stream.requests != null) {
            stream.requests.cancel("closed", null);
            stream = null;
        }
    }

    private void tell(Stream on) {
        if (on.requests == null || !on.requests.isReady()) {
            return;
        }
        StreamMetricsMessage.Builder message = MetricsMessages.write(
                source.stats().take(source.clusters().get()), source.clock().millis());
        if (!on.begun) {
            on.begun = true;
            message.getIdentifierBuilder().setNode(node);
        }
        on.requests.onNext(message.build());
    }

    private void ended(Stream which, String reason) {
        if (stream == which && !closed) {
            stream = null;
            LOG.info("metrics stream ended: {}; again within {}", reason, source.interval());
        }
    }

    /** One stream. gRPC calls it on its own threads; it only passes on. */
    private final class Stream implements ClientResponseObserver<StreamMetricsMessage, StreamMetricsResponse> {
        private @Nullable ClientCallStreamObserver<StreamMetricsMessage> requests;
        private boolean begun;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamMetricsMessage> requests) {
            this.requests = requests;
        }

        @Override
        public void onNext(StreamMetricsResponse response) {
            // There is nothing in it.
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
