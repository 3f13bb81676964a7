package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Serves ADS, state of the world and delta, over plaintext gRPC.
 */
public final class AdsServer implements AutoCloseable {
    private final SnapshotSource snapshots;
    private final Clock clock;
    private final Duration nodeRetention;

    /** @param nodeRetention how long a node that left stays in {@link #nodes()} */
    public AdsServer(SnapshotSource snapshots, Clock clock, Duration nodeRetention) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.nodeRetention = nodeRetention;
    }

    /**
     * @param port 0 for a free one
     * @return the port it listens on
     */
    public int start(String host, int port) throws IOException {
        throw new IOException(host + port + snapshots + clock + nodeRetention);
    }

    public Nodes nodes() {
        throw new UnsupportedOperationException();
    }

    /** Ends all streams and waits until the port is free. */
    @Override
    public void close() {}
}
