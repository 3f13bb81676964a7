package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.Config;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The config in Postgres, and its history. Every method may throw {@link StoreUnavailable}. Any thread. */
public final class ConfigStore {

    /** The newest config, read as of one instant. */
    public Config load() {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * The newest config, made from an earlier one by what the history says came after it.
     *
     * @return {@code base} itself when nothing came after it
     */
    public Config catchUp(Config base) {
        throw new UnsupportedOperationException("not written yet: " + base);
    }

    /**
     * The history, newest first.
     *
     * @param before only revisions below this one
     */
    public List<Revision> revisions(OptionalLong before, int limit) {
        throw new UnsupportedOperationException("not written yet: " + before + limit);
    }

    public Optional<RevisionChanges> findRevision(long n) {
        throw new UnsupportedOperationException("not written yet: " + n);
    }
}
