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

    /**
     * Makes these resources the newest snapshot.
     *
     * @return false when their revision is not newer than the current one: then nothing happens, for a proxy must never
     *     see an older revision after a newer one
     */
    public boolean publish(XdsResources resources) {
        Snapshot before = current;
        if (resources.revision() <= before.revision()) {
            return false;
        }
        Snapshot after = before.next(resources);
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
