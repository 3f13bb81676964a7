package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.CertificateSpec;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Which certificates Envoy serves with. The limits are those of its {@code ContextImpl} and BoringSSL, as Envoy 1.36 and
 * 1.40 show them in {@code --mode validate}.
 */
final class CertificateRules {
    private static final int SHORTEST_RSA_KEY = 2048;

    /** BoringSSL takes no longer ones. */
    private static final int LONGEST_RSA_KEY = 8192;

    private static final Set<Integer> EC_FIELD_SIZES = Set.of(256, 384, 521);
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24"; // RFC 7633, "must staple"
    private static final Set<Integer> NAME_TYPES = Set.of(2, 6, 7); // RFC 5280, GeneralName: DNS, URI, IP address

    private CertificateRules() {}

    static void check(CertificateSpec certificate, Instant now, Findings findings) {
        Optional<PublicKey> leafKey = checkChain(certificate.chain(), now, findings.at("chain"));
        PrivateKeyRules.check(certificate.privateKey(), leafKey, findings.at("privateKey"));
    }

    /** @return the key of the leaf, if it can be read and is of a supported type */
    private static Optional<PublicKey> checkChain(String pem, Instant now, Findings findings) {
        CertificateChain chain;
        try {
            chain = CertificateChain.parse(pem);
        } catch (CertificateException e) {
            findings.add(unreadable(e), "certificates in PEM, the leaf first");
            return Optional.empty();
        }
        checkLeaf(chain.leaf(), findings);
        List<X509Certificate> certificates = chain.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate each = certificates.get(i);
            if (!now.isBefore(each.getNotAfter().toInstant())) {
                findings.add(
                        ordinal(i) + " expired on " + each.getNotAfter().toInstant(),
                        "certificates that have not expired");
            }
            if (i > 0 && !signed(certificates.get(i - 1), each)) {
                findings.add(
                        ordinal(i) + " did not sign " + ordinal(i - 1), "each certificate signed by the one after it");
            }
        }
        return Optional.of(chain.leaf().getPublicKey()).filter(CertificateRules::supported);
    }

    private static void checkLeaf(X509Certificate leaf, Findings findings) {
        if (!supported(leaf.getPublicKey())) {
            findings.add(
                    "a key of type " + describe(leaf.getPublicKey()),
                    "RSA with 2048 to 8192 bits, or ECDSA on P-256, P-384 or P-521");
        }
        if (!named(leaf)) {
            findings.add("a leaf without any name", "a DNS name, URI or address in subjectAltName, or a common name");
        }
        if (leaf.getExtensionValue(TLS_FEATURE) != null) {
            findings.add(
                    "a leaf that requires OCSP stapling (TLS feature extension)", "a leaf without that requirement");
        }
    }

    private static boolean supported(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return rsa.getAlgorithm().equals("RSA") && bits >= SHORTEST_RSA_KEY && bits <= LONGEST_RSA_KEY;
        }
        return key instanceof ECPublicKey ec
                && EC_FIELD_SIZES.contains(ec.getParams().getCurve().getField().getFieldSize())
                && NamedCurve.of(ec.getParams()).isPresent();
    }

    private static String describe(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return key.getAlgorithm() + " with " + rsa.getModulus().bitLength() + " bits";
        }
        return key instanceof ECPublicKey ? "ECDSA on another curve" : key.getAlgorithm();
    }

    private static boolean named(X509Certificate leaf) {
        try {
            var names = leaf.getSubjectAlternativeNames();
            return (names != null && names.stream().anyMatch(name -> NAME_TYPES.contains((Integer) name.get(0))))
                    || new LdapName(leaf.getSubjectX500Principal().getName())
                            .getRdns().stream()
                                    .anyMatch(rdn -> rdn.getType().equalsIgnoreCase("CN")
                                            && !rdn.getValue().toString().isEmpty());
        } catch (CertificateParsingException | InvalidNameException e) {
            return false;
        }
    }

    private static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String ordinal(int index) {
        return index == 0 ? "the leaf" : "certificate " + (index + 1);
    }

    private static String unreadable(CertificateException e) {
        String message = e.getMessage();
        return message == null ? "an unreadable certificate" : Findings.shorten(message);
    }
}
