package io.signalbox.dataplane.config;

import java.util.List;

/**
 * TLS towards clients.
 *
 * @param certificates in the order of the config; the first serves names that none of them is for
 * @param protocols JSSE names of the TLS versions offered
 */
public record TlsConfig(List<CertificateSource> certificates, List<String> protocols) {
    public TlsConfig {
        certificates = List.copyOf(certificates);
        protocols = List.copyOf(protocols);
    }

    public sealed interface CertificateSource {
        record Inline(TlsCertificate certificate) implements CertificateSource {}

        record Sds(String secretName) implements CertificateSource {}
    }
}
