package io.signalbox.controlplane.xds.serve;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The proxies that are or were connected. All methods may be called from any thread. */
public interface Nodes {
    /** In the order of their ids; those that left stay listed for a configured time. */
    List<NodeStatus> list();

    /**
     * Completes when every connected node has acknowledged, for all types, content of this revision or a later one; a
     * node that the revision does not affect counts at once. When the timeout comes first, or when all that is left
     * refused it, it completes with {@link Propagation#applied()} false and says who is left. It never fails.
     *
     * @param revision may be one that is committed but not yet published
     */
    CompletionStage<Propagation> whenApplied(long revision, Duration timeout);
}
