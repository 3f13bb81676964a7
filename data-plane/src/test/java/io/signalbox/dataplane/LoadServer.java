package io.signalbox.dataplane;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc.LoadReportingServiceImplBase;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Wants to know of all clusters 20 times a second, and adds up what it is told. */
final class LoadServer implements AutoCloseable {
    private static final LoadStatsResponse WANTED = LoadStatsResponse.newBuilder()
            .setSendAllClusters(true)
            .setLoadReportingInterval(Durations.fromMillis(50))
            .build();

    private final Server server;
    private final List<LoadStatsRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private volatile @Nullable StreamObserver<LoadStatsResponse> stream;

    /** @param inProgress as of the newest report */
    record Load(long issued, long successes, long errors, long dropped, long inProgress) {
        static final Load NONE = new Load(0, 0, 0, 0, 0);

        static Load ended(long issued, long successes, long errors) {
            return new Load(issued, successes, errors, 0, 0);
        }

        private Load then(Load newer) {
            return new Load(
                    issued + newer.issued,
                    successes + newer.successes,
                    errors + newer.errors,
                    dropped + newer.dropped,
                    newer.inProgress);
        }

        Load minus(Load other) {
            return new Load(
                    issued - other.issued,
                    successes - other.successes,
                    errors - other.errors,
                    dropped - other.dropped,
                    inProgress);
        }
    }

    LoadServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Service())
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    Load load(String cluster) {
        return loads.getOrDefault(cluster, Load.NONE);
    }

    /** All that came. */
    List<LoadStatsRequest> requests() {
        return requests;
    }

    void breakStream() {
        StreamObserver<LoadStatsResponse> current = stream;
        if (current != null) {
            current.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    private void add(ClusterStats cluster) {
        Load load = new Load(0, 0, 0, cluster.getTotalDroppedRequests(), 0);
        for (UpstreamLocalityStats locality : cluster.getUpstreamLocalityStatsList()) {
            load = new Load(
                    load.issued + locality.getTotalIssuedRequests(),
                    load.successes + locality.getTotalSuccessfulRequests(),
                    load.errors + locality.getTotalErrorRequests(),
                    load.dropped,
                    load.inProgress + locality.getTotalRequestsInProgress());
        }
        loads.merge(cluster.getClusterName(), load, Load::then);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Service extends LoadReportingServiceImplBase {
        @Override
        public StreamObserver<LoadStatsRequest> streamLoadStats(StreamObserver<LoadStatsResponse> responses) {
            stream = responses;
            responses.onNext(WANTED);
            return new StreamObserver<>() {
                @Override
                public void onNext(LoadStatsRequest request) {
                    request.getClusterStatsList().forEach(LoadServer.this::add);
                    requests.add(request);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    responses.onCompleted();
                }
            };
        }
    }
}
