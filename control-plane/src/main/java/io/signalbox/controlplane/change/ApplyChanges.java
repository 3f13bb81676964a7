package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.ConfigStore;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Makes a set of changes, all or nothing, as one revision. The only writer of config. Any thread. */
public final class ApplyChanges {
    private final Head head;
    private final ConfigStore store;
    private final Rehearsal rehearsal;
    private final Consumer<Config> committed;
    private final InstantSource time;

    /**
     * @param committed told each config this process commits, in the order of their revisions, before the author hears
     *     of it; must not block
     */
    public ApplyChanges(
            Head head, ConfigStore store, Rehearsal rehearsal, Consumer<Config> committed, InstantSource time) {
        this.head = head;
        this.store = store;
        this.rehearsal = rehearsal;
        this.committed = committed;
        this.time = time;
    }

    /**
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer; its message says whether
     *     the changes may have been made nevertheless
     */
    public Outcome apply(ChangeRequest request) {
        throw new UnsupportedOperationException(
                "not written yet: " + head + store + rehearsal + committed + time + request);
    }
}
