package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateRulesTest {
    private static final KeyPair RSA = Certificates.rsa(2048);
    private static final KeyPair EC = Certificates.ec("P-256");
    private static final String EC_PARAMETERS =
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

    static final String KEY_TYPES = " (expected: RSA with 2048 to 8192 bits, or ECDSA on P-256, P-384 or P-521)";
    private static final String NOT_THE_KEY =
            "spec.privateKey: (hidden) (expected: the private key of the leaf certificate in spec.chain)";
    private static final String NO_KEY =
            "spec.privateKey: (hidden) (expected: one private key in PEM, not encrypted: PKCS#8, PKCS#1 or SEC1)";

    private static Certificates certificate() {
        return new Certificates();
    }

    private static List<String> check(String chain, String key) {
        List<Violation> violations = new ArrayList<>();
        CertificateRules.check(
                new CertificateSpec(chain, new PrivateKeyPem(key)),
                Certificates.NOW,
                Findings.into(violations, "spec"));
        return violations.stream().map(v -> v.field() + ": " + v.message()).toList();
    }

    static List<Arguments> accepted() {
        KeyPair p384 = Certificates.ec("P-384");
        KeyPair p521 = Certificates.ec("P-521");
        String rsa = certificate().pem(RSA);
        String ec = certificate().pem(EC);
        return List.of(
                Arguments.of("RSA, PKCS#8", rsa, Certificates.pkcs8(RSA)),
                Arguments.of("RSA, PKCS#1", rsa, Certificates.traditional(RSA)),
                Arguments.of("P-256, PKCS#8", ec, Certificates.pkcs8(EC)),
                Arguments.of("P-256, SEC1", ec, Certificates.traditional(EC)),
                Arguments.of("P-256, SEC1 after its parameters", ec, EC_PARAMETERS + Certificates.traditional(EC)),
                Arguments.of("P-384", certificate().pem(p384), Certificates.pkcs8(p384)),
                Arguments.of("P-521", certificate().pem(p521), Certificates.pkcs8(p521)),
                Arguments.of("text around", "Subject: shop\n" + ec + "the end\n", "Key:\n" + Certificates.pkcs8(EC)),
                Arguments.of(
                        "CRLF", ec.replace("\n", "\r\n"), Certificates.pkcs8(EC).replace("\n", "\r\n")),
                Arguments.of(
                        "address only",
                        certificate()
                                .subject("O=x")
                                .name(GeneralName.iPAddress, "10.0.0.1")
                                .pem(EC),
                        Certificates.pkcs8(EC)),
                Arguments.of(
                        "URI only",
                        certificate()
                                .subject("O=x")
                                .name(GeneralName.uniformResourceIdentifier, "spiffe://a/b")
                                .pem(EC),
                        Certificates.pkcs8(EC)),
                Arguments.of(
                        "with its issuer",
                        certificate().issuer("CN=ca").pem(EC, RSA)
                                + certificate().subject("CN=ca").issuer("CN=ca").pem(RSA),
                        Certificates.pkcs8(EC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void goodOnesAreTaken(String what, String chain, String key) {
        assertThat(check(chain, key)).isEmpty();
    }

    /** What Envoy would refuse. */
    static List<Arguments> refusedAsByEnvoy() throws GeneralSecurityException {
        KeyPair short1024 = Certificates.rsa(1024);
        KeyPair k1 = Certificates.ec("secp256k1");
        KeyPair p224 = Certificates.ec("P-224");
        String ec = certificate().pem(EC);
        return List.of(
                refused(
                        "RSA, 1024 bits",
                        certificate().pem(short1024),
                        Certificates.pkcs8(short1024),
                        "spec.chain: a key of type RSA with 1024 bits" + KEY_TYPES),
                refused(
                        "secp256k1",
                        certificate().pem(k1),
                        Certificates.pkcs8(k1),
                        "spec.chain: a key of type ECDSA on another curve" + KEY_TYPES),
                refused(
                        "P-224",
                        certificate().pem(p224),
                        Certificates.pkcs8(p224),
                        "spec.chain: a key of type ECDSA on another curve" + KEY_TYPES),
                refused(
                        "no name",
                        certificate()
                                .subject("O=x")
                                .issuer("O=x")
                                .name(GeneralName.rfc822Name, "a@b.c")
                                .pem(EC),
                        Certificates.pkcs8(EC),
                        "spec.chain: a leaf without any name (expected: a DNS name, URI or address in subjectAltName, or a common name)"),
                refused(
                        "must staple",
                        certificate().mustStaple().pem(EC),
                        Certificates.pkcs8(EC),
                        "spec.chain: a leaf that requires OCSP stapling (TLS feature extension) (expected: a leaf without that requirement)"),
                refused("key of another type", ec, Certificates.pkcs8(RSA), NOT_THE_KEY),
                refused("another key", ec, Certificates.pkcs8(Certificates.ec("P-256")), NOT_THE_KEY),
                refused(
                        "another RSA key",
                        certificate().pem(RSA),
                        Certificates.pkcs8(Certificates.rsa(2048)),
                        NOT_THE_KEY),
                refused(
                        "RSA key that contradicts itself",
                        certificate().pem(RSA),
                        Certificates.pkcs8(new KeyPair(RSA.getPublic(), broken())),
                        NOT_THE_KEY),
                refused("certificate as key", ec, ec, NO_KEY));
    }

    private static java.security.PrivateKey broken() throws GeneralSecurityException {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) RSA.getPrivate();
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent().add(BigInteger.TWO),
                        key.getPrimeP(),
                        key.getPrimeQ(),
                        key.getPrimeExponentP(),
                        key.getPrimeExponentQ(),
                        key.getCrtCoefficient()));
    }

    /** What Envoy would take, but serves nobody. */
    private static List<Arguments> refusedByUsOnly() {
        KeyPair ed25519 = Certificates.ed25519();
        String ec = certificate().pem(EC);
        String leaf = certificate().issuer("CN=ca").pem(EC, RSA);
        String authority = certificate().subject("CN=ca").issuer("CN=ca").pem(RSA);
        String key = Certificates.pkcs8(EC);
        Instant yesterday = Certificates.NOW.minus(Duration.ofDays(1));
        String unordered =
                "spec.chain: certificate 2 did not sign the leaf (expected: each certificate signed by the one after it)";
        return List.of(
                refused(
                        "Ed25519",
                        certificate().pem(ed25519),
                        Certificates.pkcs8(ed25519),
                        "spec.chain: a key of type EdDSA" + KEY_TYPES),
                refused(
                        "expired",
                        certificate().until(yesterday).pem(EC),
                        key,
                        "spec.chain: the leaf expired on 2026-01-14T12:00:00Z (expected: certificates that have not expired)"),
                refused(
                        "expired this very second",
                        certificate().until(Certificates.NOW).pem(EC),
                        key,
                        "spec.chain: the leaf expired on 2026-01-15T12:00:00Z (expected: certificates that have not expired)"),
                refused(
                        "expired issuer",
                        leaf
                                + certificate()
                                        .subject("CN=ca")
                                        .issuer("CN=ca")
                                        .until(yesterday)
                                        .pem(RSA),
                        key,
                        "spec.chain: certificate 2 expired on 2026-01-14T12:00:00Z (expected: certificates that have not expired)"),
                refused("wrong order", authority + leaf, Certificates.pkcs8(RSA), unordered),
                refused(
                        "another issuer of the same name",
                        leaf + certificate().subject("CN=ca").issuer("CN=ca").pem(Certificates.rsa(2048)),
                        key,
                        unordered),
                refused(
                        "issuer of another name",
                        leaf + certificate().subject("CN=cb").issuer("CN=cb").pem(RSA),
                        key,
                        unordered),
                refused(
                        "private key in the chain",
                        ec + key,
                        key,
                        "spec.chain: a block of another type than CERTIFICATE (expected: certificates in PEM, the leaf first)"),
                refused("two keys", ec, key + key, NO_KEY));
    }

    private static Arguments refused(String what, String chain, String key, String... violations) {
        return Arguments.of(what, chain, key, List.of(violations));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusedAsByEnvoy", "refusedByUsOnly"})
    void badOnesAreRefused(String what, String chain, String key, List<String> violations) {
        assertThat(check(chain, key)).containsExactlyElementsOf(violations);
    }

    @Test
    void anExpiredCertificateCanStillBeLabelled() {
        Instant yesterday = Certificates.NOW.minus(Duration.ofDays(1));
        CertificateSpec spec =
                new CertificateSpec(certificate().until(yesterday).pem(EC), new PrivateKeyPem(Certificates.pkcs8(EC)));
        Resource<CertificateSpec> before =
                new Resource<>("old", new TreeMap<>(), spec, 1, 1, Instant.EPOCH, Instant.EPOCH);
        Resource<CertificateSpec> after =
                new Resource<>("old", new TreeMap<>(Map.of("a", "b")), spec, 1, 2, Instant.EPOCH, Instant.EPOCH);
        Set<ResourceKey> changed = Set.of(before.key());
        Config with = Config.of(2, List.of(after));
        assertThat(DraftValidator.validate(Config.of(1, List.of(before)), with, changed, Certificates.NOW))
                .isEmpty();
        assertThat(DraftValidator.validate(Config.EMPTY, with, changed, Certificates.NOW))
                .hasSize(1);
    }
}
