package io.signalbox.dataplane.state;

import java.util.Set;

/** What is asked of the control plane. */
public interface Subscriptions {
    /** There is no control plane. */
    Subscriptions NONE = new Subscriptions() {
        @Override
        public void subscribeToAll(ResourceType type) {}

        @Override
        public void subscribe(ResourceType type, Set<String> names) {}
    };

    /** Clusters and listeners: whatever there is for this node. */
    void subscribeToAll(ResourceType type);

    /** The others: exactly these from now on. */
    void subscribe(ResourceType type, Set<String> names);
}
