package io.signalbox.dataplane.tls;

import io.signalbox.dataplane.config.CertificateDetails;
import io.signalbox.routing.CertificateFact;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/** What a client has proven of itself in the handshake, which must be over. For the event loop of its connection. */
public final class ClientIdentity {
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f]");

    private final SSLEngine engine;
    /** Of the details that the connection's listener wants, which never change. */
    private @Nullable Optional<String> told;

    public ClientIdentity(SSLEngine engine) {
        this.engine = engine;
    }

    /**
     * The value of {@code x-forwarded-client-cert}; empty when no certificate was shown. Envoy: {@code SANITIZE_SET}.
     *
     * @param details the same with each call
     */
    public Optional<String> told(CertificateDetails details) {
        if (told == null) {
            SSLSession session = engine.getSession();
            told = chain(session).map(chain -> tell(details, session.getLocalCertificates(), chain));
        }
        return told;
    }

    /** Nothing when no certificate was shown. */
    public String of(CertificateFact fact) {
        return chain(engine.getSession()).map(chain -> of(fact, chain.get(0))).orElse("");
    }

    private static String of(CertificateFact fact, X509Certificate leaf) {
        String text = switch (fact) {
            case SUBJECT -> subject(leaf);
            case FINGERPRINT -> hash(leaf);
            case URIS -> String.join(",", AlternativeNames.uris(leaf));
            case DNS_NAMES -> String.join(",", AlternativeNames.dns(leaf));
        };
        return withoutControls(text);
    }

    /** A name may hold what no header may. */
    private static String withoutControls(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

    private static String subject(X509Certificate certificate) {
        return SubjectText.of(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }

    private static Optional<List<X509Certificate>> chain(SSLSession session) {
        try {
            return Optional.of(Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static String tell(CertificateDetails details, Certificate @Nullable [] own, List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        List<String> parts = new ArrayList<>();
        if (own != null && own.length > 0) {
            AlternativeNames.uris((X509Certificate) own[0]).forEach(uri -> parts.add("By=" + uri));
        }
        parts.add("Hash=" + hash(leaf));
        if (details.certificate()) {
            parts.add("Cert=\"" + encoded(leaf) + '"');
        }
        if (details.chain()) {
            parts.add("Chain=\"" + chain.stream().map(ClientIdentity::encoded).collect(Collectors.joining()) + '"');
        }
        if (details.subject()) {
            parts.add("Subject=\"" + subject(leaf) + '"');
        }
        if (details.uri()) {
            List<String> uris = AlternativeNames.uris(leaf);
            (uris.isEmpty() ? List.of("") : uris).forEach(uri -> parts.add("URI=" + uri));
        }
        if (details.dns()) {
            AlternativeNames.dns(leaf).forEach(name -> parts.add("DNS=" + name));
        }
        return withoutControls(String.join(";", parts));
    }

    private static String hash(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256, and what was parsed has an encoding", e);
        }
    }

    /** PEM, percent-encoded. Of what is in it, only these are not to stand in a URL. */
    private static String encoded(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                    .replace(" ", "%20")
                    .replace("\n", "%0A")
                    .replace("+", "%2B")
                    .replace("/", "%2F")
                    .replace("=", "%3D");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was parsed has an encoding", e);
        }
    }
}
