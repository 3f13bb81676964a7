package io.signalbox.controlplane.xds.publish;

import java.util.Set;
import java.util.function.Consumer;

/** Where streams find what to serve. All methods may be called from any thread. */
public interface SnapshotSource {
    /** The newest snapshot; {@link Snapshot#NOTHING_YET} before the first. Its revision never goes back. */
    Snapshot current();

    /**
     * Calls back after each new snapshot became {@link #current()}, on the publishing thread; it must return quickly.
     * Closing what is returned ends it.
     */
    AutoCloseable onPublish(Consumer<Snapshot> callback);

    /**
     * What is to blame when a proxy refused a RouteConfiguration: what it has of it otherwise, or not at all.
     *
     * @param good the snapshot of which the proxy has the RouteConfiguration
     * @param refused the snapshot of which it refused it
     * @return empty when nothing smaller than the whole can be blamed
     */
    default Set<? extends Withheld> blame(String routeConfiguration, Snapshot good, Snapshot refused) {
        return Set.of();
    }

    /**
     * A variant of a snapshot, of the same revision, without some routes: each is as the proxy has it, or absent if it
     * has none.
     */
    default Snapshot withhold(Snapshot snapshot, Withholding what) {
        return snapshot;
    }
}
