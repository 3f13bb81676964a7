package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.Release;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The proxies that are or were connected. All methods may be called from any thread. */
public interface Nodes {
    /** In the order of their ids; those that left stay listed for a configured time. */
    List<NodeStatus> list();

    /** The releases of connected Envoys, by the ids of the nodes. */
    default SortedMap<String, Release> releases() {
        SortedMap<String, Release> releases = new TreeMap<>();
        list().stream()
                .filter(NodeStatus::connected)
                .forEach(node -> node.release().ifPresent(release -> releases.put(node.id(), release)));
        return releases;
    }

    /**
     * Completes when every connected node has acknowledged, for all types, content of this revision or a later one; a
     * node that the revision does not affect counts at once. When the timeout comes first, or when all that is left
     * refused it, it completes with {@link Propagation#applied()} false and says who is left. It never fails.
     *
     * @param revision may be one that is committed but not yet published
     */
    CompletionStage<Propagation> whenApplied(long revision, Duration timeout);
}
