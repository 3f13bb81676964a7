package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;

/**
 * A pool is a cluster, and its endpoints are that cluster's load assignment, both by the pool's name. Endpoints come
 * apart from the cluster because a changed cluster is built anew in Envoy, connections and all.
 *
 * <p>Left at Envoy's defaults on purpose, as each thing said of a cluster costs memory in every proxy: 5 s to connect,
 * HTTP/1.1, no health checks, no circuit breakers beyond the default 1024.
 */
final class Clusters {
    private Clusters() {}

    static Cluster cluster(String name, LoadBalancing loadBalancing) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ConfigSources.ADS))
                .setLbPolicy(lbPolicy(loadBalancing))
                .build();
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

    private static Cluster.LbPolicy lbPolicy(LoadBalancing loadBalancing) {
        return loadBalancing instanceof LoadBalancing.LeastRequest
                ? Cluster.LbPolicy.LEAST_REQUEST
                : Cluster.LbPolicy.ROUND_ROBIN;
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
}
