package io.signalbox.controlplane.rest.events;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.TypeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What there is to tell about nodes: how they differ from what was told before. Guarded by its owner. */
final class NodeWatch {
    private SortedMap<String, NodeStatus> told = new TreeMap<>();

    /** What is new since the last call. */
    List<Event> changes(List<NodeStatus> nodes) {
        SortedMap<String, NodeStatus> now = new TreeMap<>();
        List<Event> events = new ArrayList<>();
        for (NodeStatus node : nodes) {
            if (node.connected()) {
                now.put(node.id(), node);
                add(events, node, told.get(node.id()));
            }
        }
        told = now;
        return events;
    }

    /** All that was told and still holds. */
    List<Event> state() {
        List<Event> events = new ArrayList<>();
        told.values().forEach(node -> add(events, node, null));
        return events;
    }

    private static void add(List<Event> events, NodeStatus node, @Nullable NodeStatus before) {
        long acknowledged = node.acknowledged();
        if (acknowledged >= 0 && (before == null || before.acknowledged() != acknowledged)) {
            events.add(Event.applied(node.id(), acknowledged));
        }
        for (ResourceType type : ResourceType.values()) {
            TypeStatus status = node.types().getOrDefault(type, TypeStatus.NONE);
            TypeStatus earlier =
                    before == null ? TypeStatus.NONE : before.types().getOrDefault(type, TypeStatus.NONE);
            status.refused()
                    .filter(refused -> !status.refused().equals(earlier.refused()))
                    .ifPresent(refused -> events.add(Event.refused(node.id(), type, refused)));
        }
    }
}
