package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where TLS 1.3 is not spoken, whose ciphers are for every key, each certificate needs a cipher for its own: Envoy takes a list
 * without, and no handshake for that certificate ever succeeds.
 */
final class CipherRules {
    private static final String ECDSA = "ECDSA";
    private static final String RSA = "RSA";

    private CipherRules() {}

    static void check(Https https, Config after, Findings findings) {
        for (String name : https.certificates()) {
            Resource<CertificateSpec> certificate = after.certificates().get(name);
            if (certificate != null) {
                key(certificate.spec())
                        .filter(key -> isUseless(https.handshake(), key))
                        .ifPresent(key -> findings.add(
                                "none for the " + key + " key of the certificate " + name,
                                "a cipher for the key of each certificate, as TLS 1.3 is not spoken"));
            }
        }
    }

    /** The same, when it is the certificate that changes. */
    static void check(String name, CertificateSpec certificate, Config after, Findings findings) {
        Optional<String> key = key(certificate);
        if (key.isEmpty()) {
            return;
        }
        List<String> listeners = new ArrayList<>();
        for (Resource<ListenerSpec> listener : after.listeners().values()) {
            if (listener.spec().protocol() instanceof Https https
                    && https.certificates().contains(name)
                    && isUseless(https.handshake(), key.get())) {
                listeners.add(listener.name());
            }
        }
        if (!listeners.isEmpty()) {
            findings.add(
                    "a leaf with an " + key.get() + " key, for which the listener "
                            + Findings.shorten(String.join(", ", listeners)) + " has no cipher",
                    "a key that fits the ciphers of each listener that serves with it");
        }
    }

    private static boolean isUseless(TlsHandshake handshake, String key) {
        return handshake.maximum() == TlsVersion.TLS_1_2
                && !handshake.ciphers().isEmpty()
                && handshake.ciphers().stream().noneMatch(cipher -> key(cipher).equals(key));
    }

    /** Those that name no key exchange are for RSA, which then does that, too. */
    private static String key(String cipher) {
        return cipher.contains(ECDSA) ? ECDSA : RSA;
    }

    /** Empty for one that cannot be read or served with, which is told where the certificate is checked. */
    private static Optional<String> key(CertificateSpec certificate) {
        try {
            String algorithm = CertificateChain.parse(certificate.chain())
                    .leaf()
                    .getPublicKey()
                    .getAlgorithm();
            return switch (algorithm) {
                case "EC" -> Optional.of(ECDSA);
                case "RSA" -> Optional.of(RSA);
                default -> Optional.empty();
            };
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
