package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Locality;
import io.signalbox.controlplane.model.LocalityWeight;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A pool's endpoints. One that is drained is left out: Envoy ends what is under way to an endpoint that goes, and sends it
 * nothing new. Sent as DRAINING it would get requests again as soon as too few others are healthy (panic).
 *
 * <p>A priority of which everyone is drained is left out too, and the later ones move up. An empty level takes no request in
 * Envoy, so this changes nothing, but Envoys before 1.39 that make a hash table for each level ({@code RING_HASH} and
 * {@code MAGLEV}) end with a segmentation fault when one is missing before the last.
 */
final class Assignments {
    private Assignments() {}

    static ClusterLoadAssignment assignment(ResolvedPool pool) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(pool.name());
        Map<Locality, Integer> weights = pool.spec().localityWeights().stream()
                .collect(Collectors.toMap(LocalityWeight::locality, LocalityWeight::weight));
        SortedMap<Place, LocalityLbEndpoints.Builder> byPlace =
                new TreeMap<>(Comparator.comparingInt(Place::priority).thenComparing(Place::locality));
        List<Endpoint> inUse = pool.spec().inUse();
        List<Integer> priorities =
                inUse.stream().map(Endpoint::priority).distinct().sorted().toList();
        for (Endpoint endpoint : inUse) {
            Place place = new Place(priorities.indexOf(endpoint.priority()), endpoint.locality());
            add(byPlace.computeIfAbsent(place, at -> group(at, weights)), endpoint);
        }
        byPlace.values().forEach(assignment::addEndpoints);
        return assignment.build();
    }

    /**
     * Envoy wants the endpoints of each in one group.
     *
     * @param priority as Envoy counts them
     */
    private record Place(int priority, Locality locality) {}

    private static LocalityLbEndpoints.Builder group(Place place, Map<Locality, Integer> weights) {
        LocalityLbEndpoints.Builder group = LocalityLbEndpoints.newBuilder().setPriority(place.priority());
        Locality locality = place.locality();
        Integer weight = weights.get(locality);
        // Envoy forgets the weight of a locality that is not named, if only by an empty message.
        if (weight != null || !locality.equals(Locality.NONE)) {
            group.getLocalityBuilder()
                    .setRegion(locality.region())
                    .setZone(locality.zone())
                    .setSubZone(locality.subZone());
        }
        if (weight != null) {
            group.setLoadBalancingWeight(UInt32Value.of(weight));
        }
        return group;
    }

    private static void add(LocalityLbEndpoints.Builder group, Endpoint endpoint) {
        LbEndpoint.Builder proto =
                group.addLbEndpointsBuilder().setLoadBalancingWeight(UInt32Value.of(endpoint.weight()));
        proto.getEndpointBuilder().setAddress(Clusters.address(endpoint.address(), endpoint.port()));
        Subsets.metadata(endpoint.labels()).ifPresent(proto::setMetadata);
    }
}
