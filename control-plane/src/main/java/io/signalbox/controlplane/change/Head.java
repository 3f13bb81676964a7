package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.ConfigStore;

/**
 * The newest config this process knows of: at least as new as what it committed itself, and kept at what the other
 * replicas commit by {@link #refresh}. Its revision never goes back. Any thread.
 */
public final class Head {
    private final ConfigStore store;
    private volatile Config newest;

    /** @param loaded what serving starts with */
    public Head(ConfigStore store, Config loaded) {
        this.store = store;
        this.newest = loaded;
    }

    public Config get() {
        return newest;
    }

    /**
     * Takes in what the store has committed since.
     *
     * @return the newest config, at least as new as the store's newest at the time of the call
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer
     */
    public Config refresh() {
        return advance(store.catchUp(newest));
    }

    /** @return the newest config, which is {@code config} or one yet newer */
    synchronized Config advance(Config config) {
        if (config.revision() > newest.revision()) {
            newest = config;
        }
        return newest;
    }
}
