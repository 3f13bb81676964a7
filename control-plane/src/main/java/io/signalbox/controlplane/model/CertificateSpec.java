package io.signalbox.controlplane.model;

import java.util.List;

/**
 * A certificate chain and its key.
 *
 * @param chain PEM, the leaf first
 * @param privateKey PEM; never shown to anyone but the proxies that serve with it
 */
public record CertificateSpec(String chain, PrivateKeyPem privateKey) implements Spec {
    @Override
    public Kind kind() {
        return Kind.CERTIFICATE;
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }
}
