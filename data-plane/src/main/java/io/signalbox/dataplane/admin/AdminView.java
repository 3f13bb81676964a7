package io.signalbox.dataplane.admin;

import io.signalbox.dataplane.state.Snapshot;
import java.net.InetSocketAddress;
import java.util.Map;

/** What the admin server shows and does. Any thread. */
public interface AdminView {
    boolean isServing();

    Snapshot snapshot();

    Map<String, InetSocketAddress> listeners();

    /** By type URL, the versions in force of what came from the control plane, by resource name. */
    Map<String, Map<String, String>> versions();

    /** Begins to close the data plane, and returns. */
    void quit();
}
