package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.List;

/**
 * How far a revision got.
 *
 * @param applied whether every connected node acknowledged it
 * @param waiting ids of the nodes that have not, refusing ones included, in order
 * @param refused what some of them said
 */
public record Propagation(long revision, boolean applied, List<String> waiting, List<Refusal> refused) {
    public Propagation {
        waiting = List.copyOf(waiting);
        refused = List.copyOf(refused);
    }

    public record Refusal(String node, ResourceType type, String message) {}
}
