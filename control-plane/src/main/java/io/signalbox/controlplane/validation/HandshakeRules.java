package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.ClientCertificates;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;
import java.security.cert.CertificateException;

/** What Envoy takes of handshakes, and what then never comes to one, or never counts. */
final class HandshakeRules {
    private HandshakeRules() {}

    static void check(Https https, Http2 http2, Config after, Findings findings) {
        TlsHandshake handshake = https.handshake();
        if (handshake.minimum().compareTo(handshake.maximum()) > 0) {
            findings.at("maximumVersion")
                    .add(
                            Findings.quote(handshake.maximum().text()),
                            "at least the minimum, " + handshake.minimum().text());
        }
        if (handshake.minimum() == TlsVersion.TLS_1_3 && !handshake.ciphers().isEmpty()) {
            findings.at("ciphers").add("ciphers of TLS 1.2", "none, as TLS 1.3 has its own");
        }
        CipherRules.check(https, after, findings.at("ciphers"));
        int h2 = handshake.alpn().indexOf(TlsHandshake.HTTP_2);
        if (h2 >= 0 && !http2.enabled()) {
            findings.at("alpn", h2).add("h2, which is not enabled", "http/1.1 alone, or http2 enabled");
        }
        handshake.clientCertificates().ifPresent(clients -> check(clients, findings.at("clientCertificates")));
        if (handshake.http3().isPresent()) {
            checkHttp3(handshake, findings);
        }
    }

    private static void checkHttp3(TlsHandshake handshake, Findings findings) {
        if (handshake.maximum() != TlsVersion.TLS_1_3) {
            findings.at("maximumVersion")
                    .add(
                            Findings.quote(handshake.maximum().text()) + " beside http3",
                            "1.3, the one version that QUIC has");
        }
        if (handshake.clientCertificates().isPresent()) {
            findings.at("clientCertificates")
                    .add("they stand beside http3", "none, as not every Envoy asks for them over QUIC");
        }
    }

    private static void check(ClientCertificates clients, Findings findings) {
        try {
            CertificateChain.parse(clients.trustedCertificates());
        } catch (CertificateException e) {
            findings.at("trustedCertificates").add(String.valueOf(e.getMessage()), "certificates in PEM");
        }
    }
}
