package io.signalbox.controlplane.xds.serve;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.netty.NettyServerBuilder;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves ADS, state of the world and delta, over plaintext gRPC.
 *
 * <p>gRPC's threads read requests; lanes, each one thread for many streams, decide and answer; snapshots come through
 * one reference.
 */
public final class AdsServer implements AutoCloseable {
    /**
     * What a proxy counts is one message, of 3 kB for each cluster that has had requests: this is room for 20,000 of them, and
     * little enough that a proxy which has gone mad does not take the memory. gRPC's own 4 MB are full with 1,300. A
     * reconnecting proxy that lists all it holds, some 100 bytes for each of 100,000 resources, takes less.
     */
    private static final int MAX_REQUEST_BYTES = 64 << 20;

    private final SnapshotSource snapshots;
    private final ScheduledExecutorService timer;
    private final NodeRegistry nodes;
    private final ResponseCache cache = new ResponseCache();
    private final ConcurrentMap<String, Snapshot> acceptedByAny = new ConcurrentHashMap<>();
    private final List<Lane> lanes;
    private final AutoCloseable subscription;
    private @Nullable Server server;

    /** @param nodeRetention how long a node that left stays in {@link #nodes()} */
    public AdsServer(SnapshotSource snapshots, InstantSource clock, Duration nodeRetention) {
        this.snapshots = snapshots;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ads-timer");
            thread.setDaemon(true);
            return thread;
        });
        this.nodes = new NodeRegistry(clock, nodeRetention, timer);
        int count = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
        this.lanes = IntStream.range(0, count)
                .mapToObj(number -> new Lane(number, snapshots))
                .toList();
        this.subscription = snapshots.onPublish(snapshot -> {
            cache.clear();
            lanes.forEach(Lane::wakeUp);
        });
    }

    /**
     * @param port 0 for a free one
     * @param others what is served on the same port besides ADS; called on gRPC's threads, which must not wait
     * @return the port it listens on
     */
    public int start(String host, int port, BindableService... others) throws IOException {
        Server started = NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                .addServices(Stream.of(others).map(BindableService::bindService).toList())
                .addService(new AdsService(new LaneStreams()).definition())
                // Parsing a request and handing it to a lane is all that these threads do.
                .directExecutor()
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                // Finds proxies that vanished without a word.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build()
                .start();
        server = started;
        return started.getPort();
    }

    public Nodes nodes() {
        return nodes;
    }

    /** Ends all streams and waits until the port is free. */
    @Override
    public void close() {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("unsubscribing does not fail", e);
        }
        nodes.close();
        lanes.forEach(Lane::close);
        if (server != null) {
            stop(server);
        }
        timer.shutdown();
    }

    private static void stop(Server server) {
        server.shutdown();
        try {
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private final class LaneStreams implements AdsService.Streams {
        @Override
        public Lane laneOf(NodeInfo node) {
            return lanes.get(Math.floorMod(node.id().hashCode(), lanes.size()));
        }

        @Override
        public AdsStream open(NodeInfo node, boolean delta, ServerCall<?, EncodedResponse> call) {
            return new AdsStream(node, delta, call, laneOf(node), snapshots, nodes, cache, acceptedByAny);
        }
    }
}
