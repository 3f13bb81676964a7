package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import java.security.KeyPair;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassthroughRulesTest {
    private static final KeyPair KEYS = Certificates.ec("P-256");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "'passthrough': [{'serverNames': ['db.test', 'a.test'], 'pool': 'p'}];"
                        + "spec.passthrough[0].serverNames[1]: \"a.test\", and certificate shop is for a.test"
                        + " (expected: names that none of the listener's certificates is for)",
                "'passthrough': [{'serverNames': ['*.wild.test'], 'pool': 'p'}];"
                        + "spec.passthrough[0].serverNames[0]: \"*.wild.test\", and certificate shop is for"
                        + " *.wild.test (expected: names that none of the listener's certificates is for)",
                "'passthrough': [{'serverNames': ['*.test'], 'pool': 'p'}];"
                        + "spec.passthrough[0].serverNames[0]: \"*.test\", and certificate shop is for a.test"
                        + " (expected: names that none of the listener's certificates is for)",
                "'passthrough': [{'serverNames': ['db.test'], 'pool': 'p'}, {'serverNames': ['x.test',"
                        + " 'db.test'], 'pool': 'q'}];"
                        + "spec.passthrough[1].serverNames[1]: \"db.test\", as in passthrough[0].serverNames[0]"
                        + " (expected: each name once)",
                "'passthrough': [{'serverNames': ['db.test'], 'pool': 'p'}], 'http3': {};"
                        + "spec.http3: it stands beside passthrough (expected: none, as QUIC is not passed through)",
                "'passthrough': [{'serverNames': ['db.test'], 'pools': [{'pool': 'p', 'weight': 0}]}];"
                        + "spec.passthrough[0].pools: weights whose sum is 0 (expected: weights whose sum is above 0)"
            })
    void saysWhatIsWrong(String fields, String violation) throws Exception {
        assertThat(found(fields)).containsExactly(violation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'http3': {}",
                "'passthrough': [{'serverNames': ['db.test', '*.db.test'], 'pool': 'p'}]",
                "'passthrough': [{'serverNames': ['db.wild.test', '*.db.wild.test'], 'pool': 'p'}]"
            })
    void takesNamesThatNoCertificateIsFor(String fields) throws Exception {
        assertThat(found(fields)).isEmpty();
    }

    @Test
    void noCertificateIsForNamesThatItsListenersPassThrough() throws Exception {
        Config config = config("'passthrough': [{'serverNames': ['a.test'], 'pool': 'p'}]");
        CertificateSpec certificate =
                Objects.requireNonNull(config.certificates().get("shop")).spec();
        assertThat(SpecText.found(findings -> PassthroughRules.check("shop", certificate, config, findings)))
                .containsExactly(
                        "spec.chain: a.test, and listener edge passes a.test through (expected: names that no listener of this certificate passes through)");
        assertThat(SpecText.found(findings -> PassthroughRules.check("another", certificate, config, findings)))
                .isEmpty();
    }

    private static List<String> found(String fields) throws Exception {
        Config config = config(fields);
        Https https = (Https)
                Objects.requireNonNull(config.listeners().get("edge")).spec().protocol();
        return SpecText.found(findings -> PassthroughRules.check(https, config, findings));
    }

    /** A listener with a certificate for {@code a.test} and {@code *.wild.test}. */
    private static Config config(String fields) throws Exception {
        String chain = new Certificates()
                .name(GeneralName.dNSName, "a.test")
                .name(GeneralName.dNSName, "*.wild.test")
                .pem(KEYS);
        return new ConfigDraft()
                .certificate("shop", chain, Certificates.pkcs8(KEYS))
                .listener("edge", SpecText.listener("'https': {'certificates': ['shop'], " + fields + "}"))
                .config();
    }
}
