package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.List;

/**
 * How far a revision got.
 *
 * @param applied whether every connected node acknowledged it
 * @param waiting ids of the nodes that have not, refusing ones included, in order
 * @param refused what some of them said
 * @param withheld what some of them are not sent, as their release does not know it
 */
public record Propagation(
        long revision, boolean applied, List<String> waiting, List<Refusal> refused, List<Withheld> withheld) {
    public Propagation {
        waiting = List.copyOf(waiting);
        refused = List.copyOf(refused);
        withheld = List.copyOf(withheld);
    }

    public record Refusal(String node, ResourceType type, String message) {}

    /** @param envoyVersion the node's */
    public record Withheld(String node, String envoyVersion, ReleaseNeed need) {}
}
