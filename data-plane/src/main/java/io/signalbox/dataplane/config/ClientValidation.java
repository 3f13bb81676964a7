package io.signalbox.dataplane.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Which certificates are taken from clients. Envoy: {@code CertificateValidationContext}.
 *
 * @param required whether a client without one is refused, {@code require_client_certificate}
 * @param trusted authorities, at least one
 * @param names of which a certificate must have one; empty for any
 */
public record ClientValidation(boolean required, List<X509Certificate> trusted, List<SubjectName> names) {
    public ClientValidation {
        trusted = List.copyOf(trusted);
        names = List.copyOf(names);
    }
}
