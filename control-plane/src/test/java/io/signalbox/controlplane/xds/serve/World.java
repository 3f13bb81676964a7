package io.signalbox.controlplane.xds.serve;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A config for tests of the xDS side, to be changed step by step; the content of each resource is one number. */
final class World {
    private final Map<ResourceType, SortedMap<String, Message>> byType = new EnumMap<>(ResourceType.class);
    private final Map<String, Set<String>> clustersOfRoutes = new HashMap<>();
    private final Map<String, Set<String>> clustersOfListeners = new HashMap<>();
    private long revision;

    World() {
        for (ResourceType type : ResourceType.values()) {
            byType.put(type, new TreeMap<>());
        }
    }

    /** A cluster and its endpoints. */
    World pool(String name, int content) {
        return cluster(name, content).endpoints(name, content);
    }

    World cluster(String name, int content) {
        return put(
                ResourceType.CLUSTER,
                name,
                Cluster.newBuilder()
                        .setName(name)
                        .setConnectTimeout(Duration.newBuilder().setSeconds(content + 1))
                        .build());
    }

    World endpoints(String name, int content) {
        ClusterLoadAssignment.Builder endpoints =
                ClusterLoadAssignment.newBuilder().setClusterName(name);
        endpoints
                .addEndpointsBuilder()
                .addLbEndpointsBuilder()
                .getEndpointBuilder()
                .getAddressBuilder()
                .getSocketAddressBuilder()
                .setAddress("127.0.0.1")
                .setPortValue(content + 1);
        return put(ResourceType.ENDPOINT, name, endpoints.build());
    }

    World dropPool(String name) {
        return drop(ResourceType.CLUSTER, name).drop(ResourceType.ENDPOINT, name);
    }

    /** @param clusters that it sends connections to by itself */
    World listener(String name, int content, String... clusters) {
        clustersOfListeners.put(name, Set.of(clusters));
        return put(
                ResourceType.LISTENER,
                name,
                Listener.newBuilder()
                        .setName(name)
                        .setStatPrefix("content-" + content + "-" + String.join("-", clusters))
                        .build());
    }

    World routes(String name, int content, String... clusters) {
        VirtualHost.Builder host =
                VirtualHost.newBuilder().setName("content-" + content).addDomains("*");
        for (String cluster : clusters) {
            host.addRoutes(Route.newBuilder().setRoute(RouteAction.newBuilder().setCluster(cluster)));
        }
        clustersOfRoutes.put(name, Set.of(clusters));
        return put(
                ResourceType.ROUTE,
                name,
                RouteConfiguration.newBuilder()
                        .setName(name)
                        .addVirtualHosts(host)
                        .build());
    }

    World secret(String name, int content) {
        Secret.Builder secret = Secret.newBuilder().setName(name);
        secret.getTlsCertificateBuilder().getCertificateChainBuilder().setInlineString("content-" + content);
        return put(ResourceType.SECRET, name, secret.build());
    }

    World drop(ResourceType type, String name) {
        of(type).remove(name);
        if (type == ResourceType.ROUTE) {
            clustersOfRoutes.remove(name);
        } else if (type == ResourceType.LISTENER) {
            clustersOfListeners.remove(name);
        }
        return this;
    }

    private World put(ResourceType type, String name, Message message) {
        of(type).put(name, message);
        return this;
    }

    Set<String> names(ResourceType type) {
        return Set.copyOf(of(type).keySet());
    }

    /** @param name of a listener and its routes */
    List<String> clustersOf(String name) {
        List<String> clusters = new ArrayList<>(clustersOfRoutes.getOrDefault(name, Set.of()));
        clusters.addAll(clustersOfListeners.getOrDefault(name, Set.of()));
        return clusters;
    }

    private SortedMap<String, Message> of(ResourceType type) {
        return byType.computeIfAbsent(type, t -> new TreeMap<>());
    }

    /** What it is now, as the next revision. */
    XdsResources next() {
        revision++;
        Map<ResourceType, SortedMap<String, Message>> copy = new EnumMap<>(ResourceType.class);
        byType.forEach((type, messages) -> copy.put(type, new TreeMap<>(messages)));
        return new XdsResources(revision, copy, Map.copyOf(clustersOfRoutes), Map.copyOf(clustersOfListeners));
    }

    long revision() {
        return revision;
    }
}
