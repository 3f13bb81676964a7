package io.signalbox.controlplane.app;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A proxy on a bare gRPC stream, state of the world: it asks for what it hears of as Envoy does, and acknowledges all of
 * it, after having noted it down.
 */
final class AckingProxy implements AutoCloseable, StreamObserver<DiscoveryResponse> {
    private final ManagedChannel channel;
    private final StreamObserver<DiscoveryRequest> requests;
    private final Map<ResourceType, DiscoveryResponse> newest = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, List<String>> names = new EnumMap<>(ResourceType.class);

    AckingProxy(int port, String id) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this);
        synchronized (this) {
            requests.onNext(request(ResourceType.CLUSTER)
                    .setNode(Node.newBuilder().setId(id))
                    .build());
            requests.onNext(request(ResourceType.LISTENER).build());
        }
    }

    @Override
    public synchronized void onNext(DiscoveryResponse response) {
        ResourceType type = ResourceType.findByTypeUrl(response.getTypeUrl()).orElseThrow();
        newest.put(type, response);
        requests.onNext(request(type).build());
        if (type == ResourceType.CLUSTER) {
            subscribe(ResourceType.ENDPOINT, clusters().keySet().stream().toList());
        } else if (type == ResourceType.LISTENER) {
            subscribe(ResourceType.ROUTE, listeners().keySet().stream().toList()); // they have their listener's name
        }
    }

    private void subscribe(ResourceType type, List<String> wanted) {
        if (!wanted.isEmpty() && !wanted.equals(names.put(type, wanted))) {
            requests.onNext(request(type).build());
        }
    }

    private DiscoveryRequest.Builder request(ResourceType type) {
        DiscoveryResponse answered = newest.getOrDefault(type, DiscoveryResponse.getDefaultInstance());
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setVersionInfo(answered.getVersionInfo())
                .setResponseNonce(answered.getNonce())
                .addAllResourceNames(names.getOrDefault(type, List.of()));
    }

    @Override
    public void onError(Throwable ended) {}

    @Override
    public void onCompleted() {}

    synchronized SortedMap<String, Cluster> clusters() {
        return byName(ResourceType.CLUSTER, Cluster.class, Cluster::getName);
    }

    synchronized SortedMap<String, ClusterLoadAssignment> endpoints() {
        return byName(ResourceType.ENDPOINT, ClusterLoadAssignment.class, ClusterLoadAssignment::getClusterName);
    }

    synchronized SortedMap<String, Listener> listeners() {
        return byName(ResourceType.LISTENER, Listener.class, Listener::getName);
    }

    synchronized SortedMap<String, RouteConfiguration> routes() {
        return byName(ResourceType.ROUTE, RouteConfiguration.class, RouteConfiguration::getName);
    }

    synchronized String version(ResourceType type) {
        return newest.getOrDefault(type, DiscoveryResponse.getDefaultInstance()).getVersionInfo();
    }

    private interface Name<T> {
        String of(T resource);
    }

    private <T extends Message> SortedMap<String, T> byName(ResourceType type, Class<T> message, Name<T> name) {
        SortedMap<String, T> resources = new TreeMap<>();
        for (Any any : newest.getOrDefault(type, DiscoveryResponse.getDefaultInstance())
                .getResourcesList()) {
            try {
                T resource = any.unpack(message);
                resources.put(name.of(resource), resource);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return resources;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
