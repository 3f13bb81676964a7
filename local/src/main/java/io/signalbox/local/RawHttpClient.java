package io.signalbox.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP/1.1 client that sends exactly the bytes it is given and shows the response as it came, over plain TCP or TLS.
 * Immutable; any thread may call, each {@link RawConnection} belongs to one.
 */
public final class RawHttpClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final InetSocketAddress address;
    private final Optional<ClientTls> tls;
    private final Duration timeout;
    private final byte[] preamble;
    private final Optional<InetAddress> source;

    private RawHttpClient(
            InetSocketAddress address,
            Optional<ClientTls> tls,
            Duration timeout,
            byte[] preamble,
            Optional<InetAddress> source) {
        this.address = address;
        this.tls = tls;
        this.timeout = timeout;
        this.preamble = preamble;
        this.source = source;
    }

    /** The same, with another limit than 20 s for connecting and for every wait for bytes. */
    public RawHttpClient withTimeout(Duration other) {
        return new RawHttpClient(address, tls, other, preamble, source);
    }

    /** The same; each connection begins with these bytes, ahead of TLS, as those of a load balancer may (PROXY protocol). */
    public RawHttpClient withPreamble(byte[] bytes) {
        return new RawHttpClient(address, tls, timeout, bytes.clone(), source);
    }

    /** The same, from another address of this machine: {@code 127.0.0.2} … */
    public RawHttpClient from(InetAddress other) {
        return new RawHttpClient(address, tls, timeout, preamble, Optional.of(other));
    }

    public static RawHttpClient plain(String host, int port) {
        return plain(new InetSocketAddress(host, port));
    }

    public static RawHttpClient plain(InetSocketAddress address) {
        return new RawHttpClient(address, Optional.empty(), TIMEOUT, new byte[0], Optional.empty());
    }

    /**
     * Over TLS, with ALPN {@code http/1.1}. Every connection makes a full handshake, so that it shows the certificate of
     * that moment.
     *
     * @param serverName goes out as SNI and has to be a name of the certificate
     * @param root the only authority to be trusted
     */
    public static RawHttpClient tls(InetSocketAddress address, String serverName, X509Certificate root) {
        return tls(address, ClientTls.of(Optional.of(serverName), true, root));
    }

    /**
     * As {@link #tls}, with any certificate of the authority, to see which one the server shows.
     *
     * @param serverName goes out as SNI; empty for none
     */
    public static RawHttpClient tlsOfAnyName(
            InetSocketAddress address, Optional<String> serverName, X509Certificate root) {
        return tls(address, ClientTls.of(serverName, false, root));
    }

    /** Over TLS, with a full handshake for every connection. */
    public static RawHttpClient tls(InetSocketAddress address, ClientTls tls) {
        return new RawHttpClient(address, Optional.of(tls), TIMEOUT, new byte[0], Optional.empty());
    }

    /** Sends one request on a connection of its own and returns the response. */
    public RawResponse send(RawRequest request) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.send(request);
        }
    }

    /** A connection for several requests; for TLS after the handshake. */
    public RawConnection connect() throws IOException {
        return new RawConnection(socket());
    }

    /** The same, over HTTP/2: over TLS it must have been chosen there (ALPN), else the server is taken to know. */
    public Http2Connection connectHttp2() throws IOException {
        return new Http2Connection(socket());
    }

    /** The same, over HTTP/3, on the UDP port of the same number; for clients with TLS. Nothing goes ahead of it. */
    public Http3Connection connectHttp3() throws IOException {
        InetSocketAddress local = new InetSocketAddress(source.orElse(address.getAddress()), 0);
        return new Http3Connection(local, address, tls.orElseThrow(() -> new IOException("HTTP/3 has TLS")), timeout);
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket();
        try {
            if (source.isPresent()) {
                socket.bind(new InetSocketAddress(source.get(), 0));
            }
            socket.connect(address, (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(preamble);
            return tls.isPresent() ? TlsSockets.handshake(socket, address, tls.get()) : socket;
        } catch (IOException | GeneralSecurityException e) {
            socket.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }
}
