package io.signalbox.controlplane.xds.serve;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One ADS stream of a bare gRPC client, which sends and reads exactly what the test says. */
final class WireClient<Q extends Message, A extends Message> implements AutoCloseable {
    private final ManagedChannel channel;
    private final BlockingQueue<A> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<Q> requests;

    private interface Method<Q, A> {
        StreamObserver<Q> open(AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub stub, StreamObserver<A> a);
    }

    static WireClient<DiscoveryRequest, DiscoveryResponse> sotw(int port) {
        return new WireClient<>(port, (stub, a) -> stub.streamAggregatedResources(a));
    }

    static WireClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(int port) {
        return new WireClient<>(port, (stub, a) -> stub.deltaAggregatedResources(a));
    }

    private WireClient(int port, Method<Q, A> method) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        requests = method.open(AggregatedDiscoveryServiceGrpc.newStub(channel), new StreamObserver<A>() {
            @Override
            public void onNext(A answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable fault) {
                end.complete(Status.fromThrowable(fault));
            }

            @Override
            public void onCompleted() {
                end.complete(Status.OK);
            }
        });
    }

    static Node node(String id) {
        return Node.newBuilder().setId(id).build();
    }

    static DiscoveryRequest.Builder request(ResourceType type, String... names) {
        return DiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl()).addAllResourceNames(java.util.List.of(names));
    }

    static DeltaDiscoveryRequest.Builder deltaRequest(ResourceType type, String... names) {
        return DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(java.util.List.of(names));
    }

    void send(Q request) {
        requests.onNext(request);
    }

    /** The next answer; fails after a while. */
    A read() {
        @Nullable A answer;
        try {
            answer = answers.poll(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (answer == null) {
            throw new AssertionError("no answer; the stream's end: " + end);
        }
        return answer;
    }

    boolean hasUnread() {
        return !answers.isEmpty();
    }

    Status end() {
        try {
            return end.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void halfClose() {
        requests.onCompleted();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
