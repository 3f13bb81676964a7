package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;

/**
 * A pool is a cluster, and its endpoints are that cluster's load assignment, both by the pool's name. Endpoints come
 * apart from the cluster because a changed cluster is built anew in Envoy, connections and all.
 *
 * <p>What a pool does not say is not said of its cluster either, as each thing said costs memory in every proxy. So Envoy's
 * defaults hold: 5 s to connect, HTTP/1.1, no health checks, no circuit breakers beyond the default 1024.
 */
final class Clusters {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private Clusters() {}

    /** @param pool whose endpoints do not matter */
    static Cluster cluster(String name, PoolSpec pool) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ConfigSources.ADS));
        LoadBalancers.add(pool.loadBalancing(), cluster);
        pool.connectTimeout().ifPresent(timeout -> cluster.setConnectTimeout(duration(timeout)));
        addLimits(pool.limits(), cluster);
        return cluster.build();
    }

    static ClusterLoadAssignment assignment(ResolvedPool pool) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(pool.name());
        if (!pool.spec().endpoints().isEmpty()) {
            LocalityLbEndpoints.Builder locality = assignment.addEndpointsBuilder();
            pool.spec().endpoints().forEach(endpoint -> add(locality, endpoint));
        }
        return assignment.build();
    }

    private static void addLimits(PoolLimits limits, Cluster.Builder cluster) {
        CircuitBreakers.Thresholds.Builder thresholds = CircuitBreakers.Thresholds.newBuilder();
        limits.connections().ifPresent(n -> thresholds.setMaxConnections(UInt32Value.of(n)));
        limits.pendingRequests().ifPresent(n -> thresholds.setMaxPendingRequests(UInt32Value.of(n)));
        limits.requests().ifPresent(n -> thresholds.setMaxRequests(UInt32Value.of(n)));
        limits.retries().ifPresent(n -> thresholds.setMaxRetries(UInt32Value.of(n)));
        if (!thresholds.build().equals(CircuitBreakers.Thresholds.getDefaultInstance())) {
            cluster.getCircuitBreakersBuilder().addThresholds(thresholds);
        }
        limits.requestsPerConnection()
                .ifPresent(n -> cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, Any.pack(http1(n))));
    }

    private static HttpProtocolOptions http1(int requestsPerConnection) {
        HttpProtocolOptions.Builder options = HttpProtocolOptions.newBuilder();
        options.getExplicitHttpConfigBuilder().getHttpProtocolOptionsBuilder();
        options.getCommonHttpProtocolOptionsBuilder()
                .setMaxRequestsPerConnection(UInt32Value.of(requestsPerConnection));
        return options.build();
    }

    private static void add(LocalityLbEndpoints.Builder locality, Endpoint endpoint) {
        locality.addLbEndpointsBuilder()
                .setLoadBalancingWeight(UInt32Value.of(endpoint.weight()))
                .getEndpointBuilder()
                .setAddress(address(endpoint.address(), endpoint.port()));
    }

    static Address address(String address, int port) {
        Address.Builder proto = Address.newBuilder();
        proto.getSocketAddressBuilder().setAddress(address).setPortValue(port);
        return proto.build();
    }

    static Duration duration(java.time.Duration duration) {
        return Durations.fromNanos(duration.toNanos());
    }
}
