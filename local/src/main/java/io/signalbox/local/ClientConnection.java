package io.signalbox.local;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A client's connection to a server, whichever version of HTTP it speaks. For one thread. */
public interface ClientConnection extends AutoCloseable {
    /** Whether the server left it open for another request. */
    boolean isOpen();

    /** The server's own certificate; empty for plain TCP. */
    Optional<X509Certificate> serverCertificate();

    /** What the handshake came to; empty for plain TCP. */
    Optional<ClientTls.Session> tlsSession();

    @Override
    void close() throws IOException;
}
