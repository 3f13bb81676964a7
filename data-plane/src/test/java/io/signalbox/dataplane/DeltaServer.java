package io.signalbox.dataplane;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.signalbox.dataplane.state.ResourceType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A control plane that sends what a test says, and shows what it is asked. */
final class DeltaServer implements AutoCloseable {
    private final BlockingQueue<DeltaDiscoveryRequest> requests = new LinkedBlockingQueue<>();
    private final List<DeltaDiscoveryRequest> passedOver = new ArrayList<>();
    private final AtomicInteger nonces = new AtomicInteger();
    private final Server server;
    private volatile @Nullable StreamObserver<DeltaDiscoveryResponse> stream;

    private DeltaServer(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(new Service())
                .build()
                .start();
    }

    static DeltaServer start(int port) throws IOException {
        return new DeltaServer(port);
    }

    int port() {
        return server.getPort();
    }

    /** The next request that is neither an acknowledgement nor a refusal: one that asks for something. */
    DeltaDiscoveryRequest subscription(ResourceType type) throws InterruptedException {
        return next(r ->
                r.getTypeUrl().equals(type.typeUrl()) && r.getResponseNonce().isEmpty());
    }

    /** The answer to the response with this nonce. */
    DeltaDiscoveryRequest answer(String nonce) throws InterruptedException {
        return next(r -> r.getResponseNonce().equals(nonce));
    }

    /** Takes the first one that fits; those before it stay for later questions. */
    private DeltaDiscoveryRequest next(Predicate<DeltaDiscoveryRequest> wanted) throws InterruptedException {
        for (DeltaDiscoveryRequest request : passedOver) {
            if (wanted.test(request)) {
                passedOver.remove(request);
                return request;
            }
        }
        while (true) {
            DeltaDiscoveryRequest request = requests.poll(10, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no such request came, but " + passedOver);
            }
            if (wanted.test(request)) {
                return request;
            }
            passedOver.add(request);
        }
    }

    /** Whether nothing has been asked that no test has looked at. */
    boolean isQuiet() {
        return requests.isEmpty() && passedOver.isEmpty();
    }

    /** Sends a response and gives back its nonce. */
    String send(ResourceType type, Resource... resources) {
        return send(type, List.of(resources), List.of());
    }

    String send(ResourceType type, List<Resource> resources, List<String> removed) {
        StreamObserver<DeltaDiscoveryResponse> to = stream;
        if (to == null) {
            throw new AssertionError("nobody is connected");
        }
        String nonce = "n" + nonces.incrementAndGet();
        to.onNext(DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setNonce(nonce)
                .addAllResources(resources)
                .addAllRemovedResources(removed)
                .build());
        return nonce;
    }

    void sendUnknownType() {
        StreamObserver<DeltaDiscoveryResponse> to = stream;
        if (to != null) {
            to.onNext(DeltaDiscoveryResponse.newBuilder()
                    .setTypeUrl("type.googleapis.com/unheard.of")
                    .setNonce("unknown")
                    .build());
        }
    }

    static Resource resource(String name, String version, Message message) {
        return Resource.newBuilder()
                .setName(name)
                .setVersion(version)
                .setResource(Any.pack(message))
                .build();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Service extends AggregatedDiscoveryServiceImplBase {
        @Override
        public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
                StreamObserver<DeltaDiscoveryResponse> responses) {
            stream = responses;
            return new StreamObserver<>() {
                @Override
                public void onNext(DeltaDiscoveryRequest request) {
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
