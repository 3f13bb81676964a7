package io.signalbox.dataplane.config;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The endpoints of a cluster, all localities of a priority together: without locality weights Envoy, too, treats them as
 * one list.
 */
public record EndpointsConfig(List<Endpoint> endpoints) {
    public static final EndpointsConfig NONE = new EndpointsConfig(List.of());

    public EndpointsConfig {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * @param weight 1 or more
     * @param priority 0 is asked first
     * @param healthy whether the control plane has said nothing worse of it than HEALTHY or UNKNOWN
     */
    public record Endpoint(InetSocketAddress address, int weight, int priority, boolean healthy) {
        /** Of priority 0. */
        public Endpoint(InetSocketAddress address, int weight, boolean healthy) {
            this(address, weight, 0, healthy);
        }
    }
}
