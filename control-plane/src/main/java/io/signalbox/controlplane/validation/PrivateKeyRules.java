package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.PrivateKeyPem;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Private keys in PEM: PKCS#8, PKCS#1 (RSA) and SEC1 (EC). No violation tells anything of the key. */
final class PrivateKeyRules {
    private static final String HIDDEN = "(hidden)";

    private PrivateKeyRules() {}

    /** @param leafKey the public key it must belong to; empty when that is not known */
    static void check(PrivateKeyPem pem, Optional<PublicKey> leafKey, Findings findings) {
        Optional<PrivateKey> key = parse(pem.pem());
        if (key.isEmpty()) {
            findings.add(HIDDEN, "one private key in PEM, not encrypted: PKCS#8, PKCS#1 or SEC1");
        } else if (leafKey.isPresent() && !belongTogether(key.get(), leafKey.get())) {
            findings.add(HIDDEN, "the private key of the leaf certificate in spec.chain");
        }
    }

    private static Optional<PrivateKey> parse(String pem) {
        List<PrivateKeyInfo> keys = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object block = parser.readObject();
            while (block != null) {
                if (block instanceof PEMKeyPair pair) {
                    keys.add(pair.getPrivateKeyInfo());
                } else if (block instanceof PrivateKeyInfo info) {
                    keys.add(info);
                } else if (!(block
                        instanceof ASN1ObjectIdentifier)) { // the curve that `openssl ecparam -genkey` puts first
                    return Optional.empty();
                }
                block = parser.readObject();
            }
            return keys.size() == 1
                    ? Optional.of(new JcaPEMKeyConverter().getPrivateKey(keys.get(0)))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) { // broken DER comes as one of many RuntimeExceptions
            return Optional.empty();
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey leafKey) {
        if (key instanceof RSAPrivateCrtKey rsa && leafKey instanceof RSAPublicKey leaf) {
            return consistent(rsa)
                    && rsa.getModulus().equals(leaf.getModulus())
                    && rsa.getPublicExponent().equals(leaf.getPublicExponent());
        }
        return key instanceof ECPrivateKey ec && leafKey instanceof ECPublicKey leaf && belongTogether(ec, leaf);
    }

    private static boolean belongTogether(ECPrivateKey key, ECPublicKey leafKey) {
        Optional<NamedCurve> curve = NamedCurve.of(key.getParams());
        if (curve.isEmpty() || !curve.equals(NamedCurve.of(leafKey.getParams()))) {
            return false;
        }
        ECPoint point = curve.get().spec().getG().multiply(key.getS()).normalize();
        return !point.isInfinity()
                && point.getAffineXCoord().toBigInteger().equals(leafKey.getW().getAffineX())
                && point.getAffineYCoord().toBigInteger().equals(leafKey.getW().getAffineY());
    }

    /** What BoringSSL checks of an RSA key ({@code RSA_check_key}); it refuses one whose parts do not fit. */
    private static boolean consistent(RSAPrivateCrtKey key) {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger d = key.getPrivateExponent();
        if (p.signum() <= 0 || q.signum() <= 0 || p.equals(BigInteger.ONE) || q.equals(BigInteger.ONE)) {
            return false;
        }
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger ed = key.getPublicExponent().multiply(d);
        return p.multiply(q).equals(key.getModulus())
                && ed.mod(p1).equals(BigInteger.ONE)
                && ed.mod(q1).equals(BigInteger.ONE)
                && d.mod(p1).equals(key.getPrimeExponentP())
                && d.mod(q1).equals(key.getPrimeExponentQ())
                && key.getCrtCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    }
}
