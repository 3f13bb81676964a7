package io.signalbox.dataplane.tls;

import io.signalbox.dataplane.config.TlsCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Gives a TLS handshake the certificate for the name that the client asked for (SNI, RFC 6066). */
final class SniKeyManager extends X509ExtendedKeyManager {
    private static final String ELLIPTIC = "EC";

    private final CertificateByName certificates;
    private final Map<String, TlsCertificate> byAlias = new HashMap<>();
    private final Map<TlsCertificate, String> aliases = new HashMap<>();

    SniKeyManager(List<TlsCertificate> all) {
        this.certificates = new CertificateByName(all);
        for (int i = 0; i < all.size(); i++) {
            byAlias.put(Integer.toString(i), all.get(i));
            aliases.putIfAbsent(all.get(i), Integer.toString(i));
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        List<TlsCertificate> candidates = candidates(engine);
        if (!isOfEllipticCurve(keyType) && candidates.stream().anyMatch(candidate -> isBetter(candidate, engine))) {
            return null;
        }
        for (TlsCertificate candidate : candidates) {
            if (isOfType(candidate, keyType)) {
                return aliases.get(candidate);
            }
        }
        return null;
    }

    private List<TlsCertificate> candidates(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return certificates.find(host.getAsciiName());
                }
            }
        }
        return certificates.all();
    }

    private static boolean isOfEllipticCurve(String keyType) {
        return keyType.startsWith(ELLIPTIC);
    }

    /**
     * Whether it is for ECDSA, and the client of TLS 1.3 takes that. There JSSE goes by the client's order of signatures, unlike Envoy;
     * before, the cipher decides.
     */
    private static boolean isBetter(TlsCertificate candidate, SSLEngine engine) {
        return candidate.leaf().getPublicKey() instanceof ECPublicKey key
                && engine.getHandshakeSession() instanceof ExtendedSSLSession session
                && session.getProtocol().equals("TLSv1.3")
                && List.of(session.getPeerSupportedSignatureAlgorithms()).contains(signature(key));
    }

    /** RFC 8446, section 4.2.3: each curve has a hash of its own. */
    private static String signature(ECPublicKey key) {
        return switch (key.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> "SHA256withECDSA";
            case 384 -> "SHA384withECDSA";
            default -> "SHA512withECDSA";
        };
    }

    /** JSSE asks for "EC", "RSA" or "RSASSA-PSS", and by TLS 1.2 key exchange for names like "EC_EC". */
    private static boolean isOfType(TlsCertificate certificate, String keyType) {
        String algorithm = certificate.leaf().getPublicKey().getAlgorithm();
        return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsCertificate certificate = byAlias.get(alias);
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsCertificate certificate = byAlias.get(alias);
        return certificate == null ? null : certificate.privateKey();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
