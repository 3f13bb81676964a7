package io.signalbox.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * An HTTP/1.1 client that sends exactly the bytes it is given and shows the response as it came, over plain TCP or TLS.
 * Immutable; any thread may call, each {@link RawConnection} belongs to one.
 */
public final class RawHttpClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final InetSocketAddress address;
    private final Security security;
    private final Duration timeout;

    private RawHttpClient(InetSocketAddress address, Security security) {
        this(address, security, TIMEOUT);
    }

    private RawHttpClient(InetSocketAddress address, Security security, Duration timeout) {
        this.address = address;
        this.security = security;
        this.timeout = timeout;
    }

    /** The same, with another limit than 20 s for connecting and for every wait for bytes. */
    public RawHttpClient withTimeout(Duration other) {
        return new RawHttpClient(address, security, other);
    }

    private sealed interface Security {
        record Plain() implements Security {}

        /**
         * @param serverName goes out as SNI unless it is empty
         * @param demandsName whether the certificate has to have that name
         */
        record Tls(Optional<String> serverName, boolean demandsName, List<TrustManager> trust) implements Security {}
    }

    public static RawHttpClient plain(String host, int port) {
        return plain(new InetSocketAddress(host, port));
    }

    public static RawHttpClient plain(InetSocketAddress address) {
        return new RawHttpClient(address, new Security.Plain());
    }

    /**
     * Over TLS, with ALPN {@code http/1.1}. Every connection makes a full handshake, so that it shows the certificate of
     * that moment.
     *
     * @param serverName goes out as SNI and has to be a name of the certificate
     * @param root the only authority to be trusted
     */
    public static RawHttpClient tls(InetSocketAddress address, String serverName, X509Certificate root) {
        return new RawHttpClient(address, new Security.Tls(Optional.of(serverName), true, trust(root)));
    }

    /**
     * As {@link #tls}, with any certificate of the authority, to see which one the server shows.
     *
     * @param serverName goes out as SNI; empty for none
     */
    public static RawHttpClient tlsOfAnyName(
            InetSocketAddress address, Optional<String> serverName, X509Certificate root) {
        return new RawHttpClient(address, new Security.Tls(serverName, false, trust(root)));
    }

    private static List<TrustManager> trust(X509Certificate root) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", root);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return List.of(factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not to be trusted: " + root.getSubjectX500Principal(), e);
        }
    }

    /** Sends one request on a connection of its own and returns the response. */
    public RawResponse send(RawRequest request) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.send(request);
        }
    }

    /** A connection for several requests; for TLS after the handshake. */
    public RawConnection connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            socket.setTcpNoDelay(true);
            Socket secured = security instanceof Security.Tls tls ? handshake(socket, tls) : socket;
            return new RawConnection(secured);
        } catch (IOException | GeneralSecurityException e) {
            socket.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private Socket handshake(Socket plain, Security.Tls tls) throws IOException, GeneralSecurityException {
        // A context for each connection, since a context remembers sessions and resumes them.
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, tls.trust().toArray(new TrustManager[0]), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, tls.serverName().orElse(address.getHostString()), address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(
                tls.serverName().<SNIServerName>map(SNIHostName::new).stream().toList());
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (tls.demandsName()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
