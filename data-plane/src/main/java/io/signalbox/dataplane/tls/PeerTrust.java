package io.signalbox.dataplane.tls;

import io.signalbox.dataplane.config.SubjectName;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Which servers or clients are trusted: those with a certificate by one of some authorities and of one of some names. Envoy:
 * {@code CertificateValidationContext}.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private final List<X509Certificate> trusted;
    private final Optional<X509TrustManager> authorities;
    private final List<SubjectName> names;

    /**
     * @param trusted empty for every certificate
     * @param names empty for any
     */
    PeerTrust(List<X509Certificate> trusted, List<? extends SubjectName> names) {
        this.trusted = List.copyOf(trusted);
        this.authorities = trusted.isEmpty() ? Optional.empty() : Optional.of(manager(trusted));
        this.names = List.copyOf(names);
    }

    private static X509TrustManager manager(List<X509Certificate> trusted) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), trusted.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("no trust manager for X.509");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has key stores and PKIX", e);
        }
    }

    private void checkName(X509Certificate leaf) throws CertificateException {
        if (!names.isEmpty() && names.stream().noneMatch(name -> isOf(leaf, name))) {
            throw new CertificateException("the certificate has none of the names " + names);
        }
    }

    private static boolean isOf(X509Certificate certificate, SubjectName name) {
        if (name instanceof SubjectName.Uri uri) {
            return AlternativeNames.uris(certificate).stream()
                    .anyMatch(u -> uri.prefix() ? u.startsWith(uri.uri()) : u.equals(uri.uri()));
        }
        String dns = ((SubjectName.Dns) name).name();
        return AlternativeNames.dns(certificate).stream()
                .anyMatch(pattern -> fits(pattern.toLowerCase(Locale.ROOT), dns));
    }

    /** A {@code *} stands for what it will of the first label, as in Envoy. */
    static boolean fits(String pattern, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        int star = pattern.indexOf('*');
        int patternDot = pattern.indexOf('.');
        if (star < 0 || dot < 0 || star > patternDot || wanted.startsWith("xn--")) {
            return pattern.equals(wanted);
        }
        String first = wanted.substring(0, dot);
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1, patternDot);
        return wanted.substring(dot).equals(pattern.substring(patternDot))
                && first.length() >= before.length() + after.length()
                && first.startsWith(before)
                && first.endsWith(after);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (authorities.isPresent()) {
            authorities.get().checkServerTrusted(chain, authType);
        }
        checkName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (authorities.isPresent()) {
            // One that is trusted itself would do for the JDK whatever its time.
            chain[0].checkValidity();
            authorities.get().checkClientTrusted(chain, authType);
        }
        checkName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    /** Whom a server tells its clients that it trusts, so that they know which certificate to show. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.toArray(X509Certificate[]::new);
    }
}
