package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class CipherRulesTest {
    private static final KeyPair RSA = Certificates.rsa(2048);
    private static final KeyPair EC = Certificates.ec("P-256");
    private static final String FOR_ECDSA = "ECDHE-ECDSA-AES128-GCM-SHA256";

    private static String chain(KeyPair keys) {
        return new Certificates().name(GeneralName.dNSName, "a.test").pem(keys);
    }

    private static List<String> check(Kind changed, String name, TlsVersion maximum, String... ciphers) {
        ListenerSpec listener = new ListenerSpec(
                "127.0.0.1",
                443,
                new ListenerSpec.Https(
                        List.of("of-ec", "of-rsa"), new TlsHandshake(TlsVersion.TLS_1_2, maximum, List.of(ciphers))));
        Config after = new ConfigDraft()
                .certificate("of-ec", chain(EC), Certificates.pkcs8(EC))
                .certificate("of-rsa", chain(RSA), Certificates.pkcs8(RSA))
                .listener("edge", listener)
                .config();
        return DraftValidator.validate(Config.EMPTY, after, Set.of(new ResourceKey(changed, name)), Certificates.NOW)
                .stream()
                .map(v -> v.violation().field() + ": " + v.violation().message())
                .toList();
    }

    @Test
    void aListWithoutACipherForTheKeyOfACertificateIsRefusedWhereTls13IsNotSpoken() {
        assertThat(check(Kind.LISTENER, "edge", TlsVersion.TLS_1_2, FOR_ECDSA))
                .containsExactly("spec.https.ciphers: none for the RSA key of the certificate of-rsa"
                        + " (expected: a cipher for the key of each certificate, as TLS 1.3 is not spoken)");
        assertThat(check(Kind.LISTENER, "edge", TlsVersion.TLS_1_2, "ECDHE-RSA-AES128-SHA", "AES128-SHA"))
                .containsExactly("spec.https.ciphers: none for the ECDSA key of the certificate of-ec"
                        + " (expected: a cipher for the key of each certificate, as TLS 1.3 is not spoken)");
    }

    @Test
    void soIsACertificateWithAKeyForWhichAListenerHasNoCipher() {
        assertThat(check(Kind.CERTIFICATE, "of-rsa", TlsVersion.TLS_1_2, FOR_ECDSA))
                .containsExactly("spec.chain: a leaf with an RSA key, for which the listener edge has no cipher"
                        + " (expected: a key that fits the ciphers of each listener that serves with it)");
        assertThat(check(Kind.CERTIFICATE, "of-ec", TlsVersion.TLS_1_2, FOR_ECDSA))
                .isEmpty();
    }

    @Test
    void aListForEachKeyIsTakenAndAnyListWhereTls13IsSpoken() {
        assertThat(check(Kind.LISTENER, "edge", TlsVersion.TLS_1_2, FOR_ECDSA, "AES128-GCM-SHA256"))
                .isEmpty();
        assertThat(check(Kind.LISTENER, "edge", TlsVersion.TLS_1_3, FOR_ECDSA)).isEmpty();
        assertThat(check(Kind.LISTENER, "edge", TlsVersion.TLS_1_2)).isEmpty();
    }
}
