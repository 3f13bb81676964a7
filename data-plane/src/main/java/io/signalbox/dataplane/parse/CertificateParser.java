package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.signalbox.dataplane.config.TlsCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Certificates with their keys, PEM. No message ever repeats what it read. */
public final class CertificateParser {
    private CertificateParser() {}

    public static TlsCertificate parseSecret(Secret proto) throws InvalidResource {
        SupportedFields.check("", proto);
        if (!proto.hasTlsCertificate()) {
            throw new InvalidResource("tls_certificate is required");
        }
        return parse("tls_certificate", proto.getTlsCertificate());
    }

    static TlsCertificate parse(String at, io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate proto)
            throws InvalidResource {
        String chainAt = at + ".certificate_chain";
        String keyAt = at + ".private_key";
        List<X509Certificate> chain = chain(chainAt, read(chainAt, proto.getCertificateChain()));
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = key(keyAt, read(keyAt, proto.getPrivateKey()), publicKey.getAlgorithm());
        if (!belongTogether(key, publicKey)) {
            throw new InvalidResource(keyAt + ": does not belong to the certificate");
        }
        return new TlsCertificate(chain, key);
    }

    /** Certificates of authorities, of which there is at least one. */
    static List<X509Certificate> authorities(String at, DataSource source) throws InvalidResource {
        return chain(at, read(at, source));
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            byte[] probe = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] read(String at, DataSource source) throws InvalidResource {
        return switch (source.getSpecifierCase()) {
            case INLINE_STRING -> source.getInlineStringBytes().toByteArray();
            case INLINE_BYTES -> source.getInlineBytes().toByteArray();
            case FILENAME -> {
                try {
                    yield Files.readAllBytes(Path.of(source.getFilename()));
                } catch (IOException e) {
                    throw new InvalidResource(at + ": cannot read " + source.getFilename(), e);
                }
            }
            default -> throw new InvalidResource(at + ": inline_string, inline_bytes or filename is required");
        };
    }

    private static List<X509Certificate> chain(String at, byte[] pem) throws InvalidResource {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(reader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (IOException | CertificateException | RuntimeException e) {
            throw new InvalidResource(at + ": not a PEM certificate chain", e);
        }
        if (chain.isEmpty()) {
            throw new InvalidResource(at + ": no certificate in it");
        }
        return chain;
    }

    private static PrivateKey key(String at, byte[] pem, String algorithm) throws InvalidResource {
        try (PEMParser parser = new PEMParser(reader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PrivateKeyInfo info) {
                    return key(info, algorithm);
                }
                if (next instanceof PEMKeyPair pair) {
                    return key(pair.getPrivateKeyInfo(), algorithm);
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Without the cause: its message may quote key material.
            throw new InvalidResource(at + ": not a PEM private key for the certificate's " + algorithm + " key");
        }
        throw new InvalidResource(at + ": no unencrypted private key in it");
    }

    private static PrivateKey key(PrivateKeyInfo info, String algorithm) throws GeneralSecurityException, IOException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static Reader reader(byte[] pem) {
        return new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII);
    }
}
