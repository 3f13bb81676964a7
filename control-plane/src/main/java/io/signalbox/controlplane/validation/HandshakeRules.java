package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;

/** What Envoy takes of versions and ciphers, and what then never comes to a handshake, or never counts. */
final class HandshakeRules {
    private HandshakeRules() {}

    static void check(TlsHandshake handshake, Findings findings) {
        if (handshake.minimum().compareTo(handshake.maximum()) > 0) {
            findings.at("maximumVersion")
                    .add(
                            Findings.quote(handshake.maximum().text()),
                            "at least the minimum, " + handshake.minimum().text());
        }
        if (handshake.minimum() == TlsVersion.TLS_1_3 && !handshake.ciphers().isEmpty()) {
            findings.at("ciphers").add("ciphers of TLS 1.2", "none, as TLS 1.3 has its own");
        }
    }
}
