package io.signalbox.controlplane.xds;

import java.util.Arrays;
import java.util.Optional;

/**
 * The resource types we serve, in the order in which a change must reach a proxy: what is referred to comes before what
 * refers to it (Envoy: "xDS protocol", section "Eventual consistency considerations").
 */
public enum ResourceType {
    CLUSTER("clusters", "envoy.config.cluster.v3.Cluster"),
    ENDPOINT("endpoints", "envoy.config.endpoint.v3.ClusterLoadAssignment"),
    SECRET("secrets", "envoy.extensions.transport_sockets.tls.v3.Secret"),
    LISTENER("listeners", "envoy.config.listener.v3.Listener"),
    ROUTE("routes", "envoy.config.route.v3.RouteConfiguration");

    private final String word;
    private final String typeUrl;

    ResourceType(String word, String messageName) {
        this.word = word;
        this.typeUrl = "type.googleapis.com/" + messageName;
    }

    /** The word of the nodes view: {@code clusters}. */
    public String word() {
        return word;
    }

    public String typeUrl() {
        return typeUrl;
    }

    public static Optional<ResourceType> findByTypeUrl(String typeUrl) {
        return Arrays.stream(values()).filter(t -> t.typeUrl.equals(typeUrl)).findFirst();
    }
}
