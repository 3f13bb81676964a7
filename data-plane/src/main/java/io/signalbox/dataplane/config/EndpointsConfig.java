package io.signalbox.dataplane.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of a cluster.
 *
 * @param localityWeights of the localities that have one, which count where the cluster balances by locality
 */
public record EndpointsConfig(List<Endpoint> endpoints, Map<Place, Long> localityWeights) {
    public static final EndpointsConfig NONE = new EndpointsConfig(List.of());

    public EndpointsConfig {
        endpoints = List.copyOf(endpoints);
        localityWeights = Map.copyOf(localityWeights);
    }

    /** No locality has a weight. */
    public EndpointsConfig(List<Endpoint> endpoints) {
        this(endpoints, Map.of());
    }

    /** Envoy: {@code Locality}; what is not said is empty. */
    public record Locality(String region, String zone, String subZone) {
        public static final Locality NONE = new Locality("", "", "");
    }

    /**
     * A locality within a priority.
     *
     * @param priority 0 is asked first
     */
    public record Place(int priority, Locality locality) {}

    /**
     * @param weight 1 or more
     * @param healthy whether the control plane has said nothing worse of it than HEALTHY or UNKNOWN
     * @param labels its metadata for load balancing ({@code envoy.lb})
     */
    public record Endpoint(
            InetSocketAddress address, int weight, Place place, boolean healthy, Map<String, String> labels) {
        public Endpoint {
            labels = Map.copyOf(labels);
        }

        /** Nowhere in particular, and without labels. */
        public Endpoint(InetSocketAddress address, int weight, int priority, boolean healthy) {
            this(address, weight, new Place(priority, Locality.NONE), healthy, Map.of());
        }

        /** Of priority 0. */
        public Endpoint(InetSocketAddress address, int weight, boolean healthy) {
            this(address, weight, 0, healthy);
        }

        /** The same elsewhere. */
        public Endpoint at(InetSocketAddress other) {
            return new Endpoint(other, weight, place, healthy, labels);
        }

        public int priority() {
            return place.priority();
        }
    }
}
