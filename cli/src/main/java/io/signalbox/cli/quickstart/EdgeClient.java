package io.signalbox.cli.quickstart;

import io.signalbox.local.RawConnection;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A client with one TLS connection, opened when needed and kept as long as the proxy lets it. For one thread. */
final class EdgeClient implements AutoCloseable {
    private final Plane plane;
    private Optional<RawConnection> connection = Optional.empty();
    private int connects;

    EdgeClient(Plane plane) {
        this.plane = plane;
    }

    /** Sends once; a failure is not tried again, and the next request gets a new connection. */
    EdgeAnswer send(EdgeRequest request) throws IOException {
        RawConnection current = connect();
        try {
            return EdgeAnswer.of(current.send(request.raw()));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The certificate of the connection, which is opened when there is none. */
    X509Certificate certificate() throws IOException {
        return connect().serverCertificate().orElseThrow();
    }

    /** How many connections it took so far. */
    int connects() {
        return connects;
    }

    private RawConnection connect() throws IOException {
        if (connection.isPresent() && connection.get().isOpen()) {
            return connection.get();
        }
        close();
        RawConnection fresh = plane.client().connect();
        connection = Optional.of(fresh);
        connects++;
        return fresh;
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            // Nothing was to be sent or read any more.
        }
        connection = Optional.empty();
    }
}
