package io.signalbox.local;

import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Handshakes, as {@link ClientTls} says. */
final class TlsSockets {
    private TlsSockets() {}

    /**
     * A context for each connection, since a context remembers sessions and resumes them.
     *
     * @param plain an open connection, over which the handshake is made
     */
    static SSLSocket handshake(Socket plain, InetSocketAddress address, ClientTls tls)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(tls), trust(tls.roots()), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, tls.serverName().orElse(address.getHostString()), address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(
                tls.serverName().<SNIServerName>map(SNIHostName::new).stream().toList());
        parameters.setApplicationProtocols(tls.applicationProtocols().toArray(new String[0]));
        if (tls.demandsName()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!tls.versions().isEmpty()) {
            parameters.setProtocols(tls.versions().toArray(new String[0]));
        }
        if (!tls.ciphers().isEmpty()) {
            parameters.setCipherSuites(tls.ciphers().toArray(new String[0]));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static TrustManager[] trust(List<X509Certificate> roots) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root-" + i, roots.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(ClientTls tls) throws IOException, GeneralSecurityException {
        if (tls.certificate().isEmpty()) {
            return new KeyManager[0];
        }
        Issued issued = tls.certificate().get();
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key(issued), new char[0], new Certificate[] {issued.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        // What is to be shown is shown, also to servers whose list of authorities does not have its own.
        return new KeyManager[] {new ShownKey("client", factory.getKeyManagers())};
    }

    private static PrivateKey key(Issued issued) throws GeneralSecurityException {
        String base64 = issued.privateKey().replaceAll("-----[^-]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        return KeyFactory.getInstance(issued.certificate().getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
