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
 */
public record XdsResources(
        long revision,
        Map<ResourceType, SortedMap<String, Message>> byType,
        Map<String, Set<String>> clustersOfRoutes) {}
