package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One proxy.
 *
 * @param fleet its {@code node.cluster}, {@code default} when empty
 * @param envoyVersion such as {@code 1.40.0}; empty when it does not say
 * @param release empty when it does not say, and for what is no Envoy
 * @param types one entry for every type
 * @param withheld what it is not sent, as its release does not know it
 */
public record NodeStatus(
        String id,
        String fleet,
        String envoyVersion,
        Optional<Release> release,
        boolean connected,
        Map<ResourceType, TypeStatus> types,
        List<ReleaseNeed> withheld) {
    public NodeStatus {
        types = Map.copyOf(types);
        withheld = List.copyOf(withheld);
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
