package io.signalbox.controlplane.xds.publish;

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
}
