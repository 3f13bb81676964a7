package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.dataplane.config.EndpointsConfig.Locality;
import io.signalbox.dataplane.config.EndpointsConfig.Place;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code envoy.config.endpoint.v3.ClusterLoadAssignment}. */
public final class EndpointsParser {
    private static final int MAX_PRIORITY = 128;

    private EndpointsParser() {}

    /** @param at path of the message, empty for a resource itself */
    public static EndpointsConfig parse(String at, ClusterLoadAssignment proto) throws InvalidResource {
        return parse(at, proto, Addresses::parse);
    }

    /** As {@link #parse}, with host names, which stay unresolved. */
    static EndpointsConfig parseWithNames(String at, ClusterLoadAssignment proto) throws InvalidResource {
        return parse(at, proto, Addresses::parseName);
    }

    private interface AddressParser {
        InetSocketAddress parse(String at, Address proto) throws InvalidResource;
    }

    private static EndpointsConfig parse(String at, ClusterLoadAssignment proto, AddressParser addresses)
            throws InvalidResource {
        SupportedFields.check(at, proto);
        List<Endpoint> endpoints = new ArrayList<>();
        Map<Place, Long> weights = new HashMap<>();
        for (int i = 0; i < proto.getEndpointsCount(); i++) {
            var locality = proto.getEndpoints(i);
            if (locality.getPriority() < 0 || locality.getPriority() > MAX_PRIORITY) {
                throw new InvalidResource((at.isEmpty() ? "" : at + ".") + "endpoints[" + i + "].priority: "
                        + Integer.toUnsignedString(locality.getPriority()) + " (expected: 0 to " + MAX_PRIORITY + ")");
            }
            Place place = new Place(locality.getPriority(), locality(locality.getLocality()));
            // Envoy forgets the weight of a locality that is not named, if only by an empty message.
            if (locality.hasLocality() && locality.hasLoadBalancingWeight()) {
                weights.put(
                        place,
                        Integer.toUnsignedLong(locality.getLoadBalancingWeight().getValue()));
            }
            for (int j = 0; j < locality.getLbEndpointsCount(); j++) {
                String path = (at.isEmpty() ? "" : at + ".") + "endpoints[" + i + "].lb_endpoints[" + j + "]";
                endpoints.add(endpoint(path, place, locality.getLbEndpoints(j), addresses));
            }
        }
        return new EndpointsConfig(endpoints, weights);
    }

    private static Locality locality(io.envoyproxy.envoy.config.core.v3.Locality proto) {
        return new Locality(proto.getRegion(), proto.getZone(), proto.getSubZone());
    }

    private static Endpoint endpoint(String at, Place place, LbEndpoint proto, AddressParser addresses)
            throws InvalidResource {
        int weight =
                proto.hasLoadBalancingWeight() ? proto.getLoadBalancingWeight().getValue() : 1;
        if (weight < 1) {
            throw new InvalidResource(at + ".load_balancing_weight: " + Integer.toUnsignedString(weight)
                    + " (expected: 1 to " + Integer.MAX_VALUE + ")");
        }
        HealthStatus health = proto.getHealthStatus();
        boolean healthy = health == HealthStatus.UNKNOWN || health == HealthStatus.HEALTHY;
        return new Endpoint(
                addresses.parse(at + ".endpoint.address", proto.getEndpoint().getAddress()),
                weight,
                place,
                healthy,
                LabelsParser.of(at + ".metadata", proto.getMetadata()));
    }
}
