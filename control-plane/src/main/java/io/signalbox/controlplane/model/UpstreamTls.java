package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * TLS from proxies to a pool's endpoints.
 *
 * @param serverName the SNI; empty for none
 * @param trustedCertificates PEM of the authorities whose certificates are taken; empty when any certificate is
 * @param names DNS names of which the server's certificate must have one; empty for the server name, if there is one
 * @param certificate name of the certificate that proxies show, if they show one
 */
public record UpstreamTls(
        Optional<String> serverName,
        Optional<String> trustedCertificates,
        List<String> names,
        Optional<String> certificate) {
    public UpstreamTls {
        names = List.copyOf(names);
    }

    /** What is checked against the server's certificate. */
    public List<String> expectedNames() {
        return names.isEmpty() ? serverName.map(List::of).orElse(List.of()) : names;
    }
}
