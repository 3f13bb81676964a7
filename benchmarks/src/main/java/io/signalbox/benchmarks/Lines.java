package io.signalbox.benchmarks;

import io.signalbox.benchmarks.Fleet.Proxy;
import io.signalbox.local.RawConnection;
import java.io.IOException;
import java.util.Map;

/** A connection to each proxy of a fleet, kept open. For one thread at a time. */
record Lines(Map<Proxy, RawConnection> connections) implements AutoCloseable {
    Lines {
        connections = Map.copyOf(connections);
    }

    RawConnection to(Proxy proxy) {
        RawConnection connection = connections.get(proxy);
        if (connection == null) {
            throw new IllegalArgumentException("no connection to " + proxy);
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        for (RawConnection connection : connections.values()) {
            connection.close();
        }
    }
}
