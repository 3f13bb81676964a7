package io.signalbox.local;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one's own and certificates by it, for trying and for tests. Any thread may call. */
public final class TestCertificates {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RSA_BITS = 2048;

    private final X509Certificate root;
    private final PrivateKey key;

    private TestCertificates(X509Certificate root, PrivateKey key) {
        this.root = root;
        this.key = key;
    }

    /**
     * A certificate with its key, as Signalbox takes them.
     *
     * @param chain PEM; the leaf, without the authority
     * @param privateKey PEM, PKCS#8
     */
    public record Issued(String chain, String privateKey, X509Certificate certificate) {
        /** Prints no key. */
        @Override
        public String toString() {
            return "Issued[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /** A new authority, with a key of its own. */
    public static TestCertificates authority() {
        Instant now = Instant.now();
        X500Principal name = new X500Principal("CN=Signalbox test authority " + serial().toString(36));
        try {
            KeyPair pair = newKey();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(3650))),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return new TestCertificates(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate authority", e);
        }
    }

    /** For servers of these DNS names, valid from an hour ago for 90 days. */
    public Issued issue(String... dnsNames) {
        Instant start = Instant.now().minus(Duration.ofHours(1));
        return issue(start, start.plus(Duration.ofDays(90)), List.of(dnsNames));
    }

    public Issued issue(Instant notBefore, Instant notAfter, List<String> dnsNames) {
        return issue(new CertificateRequest("CN=" + dnsNames.get(0), dnsNames, List.of(), false, notBefore, notAfter));
    }

    public Issued issue(CertificateRequest wanted) {
        try {
            KeyPair pair = wanted.rsa() ? newRsaKey() : newKey();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    root.getSubjectX500Principal(),
                    serial(),
                    Date.from(wanted.notBefore()),
                    Date.from(wanted.notAfter()),
                    new X500Principal(wanted.subject()),
                    pair.getPublic());
            GeneralName[] names = names(wanted);
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            X509Certificate leaf = sign(builder, key);
            return new Issued(
                    pem("CERTIFICATE", leaf.getEncoded()),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    leaf);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate for " + wanted.subject(), e);
        }
    }

    private static GeneralName[] names(CertificateRequest wanted) {
        return Stream.concat(
                        wanted.dnsNames().stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        wanted.uris().stream().map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri)))
                .toArray(GeneralName[]::new);
    }

    /** The authority's own certificate: what clients have to trust. */
    public X509Certificate root() {
        return root;
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static KeyPair newRsaKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(64, RANDOM).add(BigInteger.ONE);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
    }

    /** The same as PEM. */
    public String rootPem() {
        try {
            return pem("CERTIFICATE", root.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate without an encoding", e);
        }
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
