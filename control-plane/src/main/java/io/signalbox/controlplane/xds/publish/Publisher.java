package io.signalbox.controlplane.xds.publish;

import io.signalbox.controlplane.xds.XdsResources;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Holds the newest snapshot. One thread publishes; all others read through one reference.
 */
public final class Publisher implements SnapshotSource {
    private final List<Consumer<Snapshot>> callbacks = new CopyOnWriteArrayList<>();
    private volatile Snapshot current = Snapshot.NOTHING_YET;

    /** As {@link #publish(Snapshot)}. */
    public boolean publish(XdsResources resources) {
        return publish(current.next(resources));
    }

    /**
     * Makes this the newest snapshot.
     *
     * @param after made of the current one by {@link Snapshot#next}
     * @return false when its revision is not newer than the current one: then nothing happens, for a proxy must never
     *     see an older revision after a newer one
     */
    public boolean publish(Snapshot after) {
        if (after.revision() <= current.revision()) {
            return false;
        }
        current = after;
        callbacks.forEach(callback -> callback.accept(after));
        return true;
    }

    @Override
    public Snapshot current() {
        return current;
    }

    @Override
    public AutoCloseable onPublish(Consumer<Snapshot> callback) {
        callbacks.add(callback);
        return () -> callbacks.remove(callback);
    }
}
