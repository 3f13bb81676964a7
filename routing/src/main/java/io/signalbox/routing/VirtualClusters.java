package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.VirtualCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Groups of requests that Envoy counts by themselves: the first whose headers all match. */
record VirtualClusters(List<Group> groups) {
    private static final String OTHER = "other";

    record Group(String name, List<Condition> headers) {
        Group {
            headers = List.copyOf(headers);
        }
    }

    VirtualClusters {
        groups = List.copyOf(groups);
    }

    static VirtualClusters parse(List<VirtualCluster> protos, Field host) throws InvalidRouteConfiguration {
        List<Group> groups = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            Field field = host.child("virtual_clusters", i);
            VirtualCluster proto = protos.get(i);
            field.requireOnly(proto, Set.of("name", "headers"));
            field.child("name").requireNonEmpty(proto.getName());
            List<Condition> headers = new ArrayList<>(proto.getHeadersCount());
            for (int h = 0; h < proto.getHeadersCount(); h++) {
                headers.add(ConditionParser.header(proto.getHeaders(h), field.child("headers", h)));
            }
            groups.add(new Group(proto.getName(), headers));
        }
        return new VirtualClusters(groups);
    }

    /** Requests of no group are in {@code other}, if there are groups. */
    Optional<String> find(Subject subject) {
        for (Group group : groups) {
            if (group.headers().stream().allMatch(condition -> condition.holds(subject))) {
                return Optional.of(group.name());
            }
        }
        return groups.isEmpty() ? Optional.empty() : Optional.of(OTHER);
    }
}
