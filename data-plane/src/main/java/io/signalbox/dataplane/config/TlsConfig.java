package io.signalbox.dataplane.config;

import java.util.List;
import java.util.Optional;

/**
 * TLS towards clients.
 *
 * @param certificates in the order of the config; the first serves names that none of them is for
 * @param alpn what is offered in the handshake, the favourite first; empty to take no part in that
 * @param protocols JSSE names of the TLS versions offered
 * @param ciphers likewise of the ciphers, in groups, the favourite first. In a group the client's order counts
 * @param clients whose certificates are asked for; empty when clients are to show none
 */
public record TlsConfig(
        List<CertificateSource> certificates,
        List<String> protocols,
        List<List<String>> ciphers,
        List<String> alpn,
        Optional<ClientValidation> clients) {
    public TlsConfig {
        ciphers = ciphers.stream().map(List::copyOf).toList();
        certificates = List.copyOf(certificates);
        protocols = List.copyOf(protocols);
        alpn = List.copyOf(alpn);
    }

    public sealed interface CertificateSource {
        record Inline(TlsCertificate certificate) implements CertificateSource {}

        record Sds(String secretName) implements CertificateSource {}
    }
}
