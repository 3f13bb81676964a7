package io.signalbox.controlplane.app;

/** A running control plane. */
public final class ControlPlane implements AutoCloseable {
    private ControlPlane() {}

    /**
     * Starts all of it, and returns when the API answers and proxies are served.
     *
     * @throws StartFailed when it cannot; nothing is left running
     */
    public static ControlPlane start(ControlPlaneConfig config) throws StartFailed {
        throw new StartFailed("not written yet: " + config);
    }

    public int restPort() {
        return 0;
    }

    public int xdsPort() {
        return 0;
    }

    /** Ends everything in the reverse order; writes under way are finished first. */
    @Override
    public void close() {}
}
