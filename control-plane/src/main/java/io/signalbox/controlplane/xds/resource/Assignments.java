package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.model.Endpoint;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pool's endpoints. One that is drained is left out: Envoy ends what is under way to an endpoint that goes, and sends it
 * nothing new. Sent as DRAINING it would get requests again as soon as too few others are healthy (panic).
 */
final class Assignments {
    private Assignments() {}

    static ClusterLoadAssignment assignment(ResolvedPool pool) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(pool.name());
        SortedMap<Integer, LocalityLbEndpoints.Builder> byPriority = new TreeMap<>();
        for (Endpoint endpoint : pool.spec().inUse()) {
            add(
                    byPriority.computeIfAbsent(
                            endpoint.priority(),
                            priority -> LocalityLbEndpoints.newBuilder().setPriority(priority)),
                    endpoint);
        }
        byPriority.values().forEach(assignment::addEndpoints);
        return assignment.build();
    }

    private static void add(LocalityLbEndpoints.Builder locality, Endpoint endpoint) {
        locality.addLbEndpointsBuilder()
                .setLoadBalancingWeight(UInt32Value.of(endpoint.weight()))
                .getEndpointBuilder()
                .setAddress(Clusters.address(endpoint.address(), endpoint.port()));
    }
}
