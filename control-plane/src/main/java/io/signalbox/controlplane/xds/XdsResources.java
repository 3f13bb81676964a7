package io.signalbox.controlplane.xds;

import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What proxies are to hold at one revision.
 *
 * @param byType for each type its resources by xDS name; a type may be empty, none is missing
 * @param clustersOfRoutes for each RouteConfiguration the clusters it sends requests to
 * @param clustersOfListeners for each Listener the clusters it sends connections to without asking any route
 */
public record XdsResources(
        long revision,
        Map<ResourceType, SortedMap<String, Message>> byType,
        Map<String, Set<String>> clustersOfRoutes,
        Map<String, Set<String>> clustersOfListeners) {
    /** The clusters that a resource names, which a proxy must have before it. */
    public Set<String> clustersOf(ResourceType type, String name) {
        return switch (type) {
            case ROUTE -> clustersOfRoutes.getOrDefault(name, Set.of());
            case LISTENER -> clustersOfListeners.getOrDefault(name, Set.of());
            case CLUSTER, ENDPOINT, SECRET -> Set.of();
        };
    }
}
