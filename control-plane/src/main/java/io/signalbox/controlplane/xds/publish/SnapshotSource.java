package io.signalbox.controlplane.xds.publish;

import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import java.util.List;
import java.util.Optional;
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

    /** What a snapshot says that a release does not know; of a snapshot that nobody holds any more it may be empty. */
    default List<ReleaseNeed> unknownTo(Release release, Snapshot snapshot) {
        return List.of();
    }

    /**
     * Routes that a proxy is not to be sent, although it did not refuse them.
     *
     * @param routes of the RouteConfiguration, by name
     * @param snapshot that has them
     * @param good the snapshot of which the proxy has the RouteConfiguration; empty when it has none
     */
    default Set<? extends Withheld> holdBack(
            String routeConfiguration, Set<String> routes, Snapshot snapshot, Optional<Snapshot> good) {
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
