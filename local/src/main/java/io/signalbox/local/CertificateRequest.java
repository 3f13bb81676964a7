package io.signalbox.local;

import java.time.Instant;
import java.util.List;

/**
 * What a certificate of {@link TestCertificates} is to say.
 *
 * @param subject as RFC 2253 writes it
 * @param uris alternative names beside the DNS names
 * @param rsa whether its key is for RSA, else for ECDSA
 */
public record CertificateRequest(
        String subject, List<String> dnsNames, List<String> uris, boolean rsa, Instant notBefore, Instant notAfter) {
    public CertificateRequest {
        dnsNames = List.copyOf(dnsNames);
        uris = List.copyOf(uris);
    }
}
