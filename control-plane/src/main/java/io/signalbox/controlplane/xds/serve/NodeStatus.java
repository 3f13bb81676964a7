package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.Map;

/**
 * One proxy.
 *
 * @param fleet its {@code node.cluster}, {@code default} when empty
 * @param envoyVersion such as {@code 1.40.0}; empty when it does not say
 * @param types one entry for every type
 */
public record NodeStatus(
        String id, String fleet, String envoyVersion, boolean connected, Map<ResourceType, TypeStatus> types) {
    public NodeStatus {
        types = Map.copyOf(types);
    }

    /** The newest revision that it has acknowledged of every type; -1 for none. */
    public long acknowledged() {
        return types.values().stream()
                .mapToLong(type ->
                        type.acknowledged().map(TypeStatus.State::revision).orElse(-1L))
                .min()
                .orElse(-1);
    }
}
