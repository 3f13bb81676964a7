package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * Certificates that clients of an HTTPS listener show.
 *
 * @param trustedCertificates PEM of the authorities whose certificates are taken
 * @param required whether a client without one is refused. One that is shown is checked in any case
 * @param names whose certificates are taken; empty for anybody's
 * @param header what servers are told in {@code x-forwarded-client-cert}; empty for nothing, and then nobody tells them
 */
public record ClientCertificates(
        String trustedCertificates, boolean required, List<ClientName> names, Optional<List<Detail>> header) {
    public ClientCertificates {
        names = List.copyOf(names);
        header = header.map(List::copyOf);
    }

    /** One of the subject's alternative names. In JSON an object with one key. */
    public sealed interface ClientName {}

    /** A host name; a certificate's own wildcard stands for one label of it. */
    public record DnsName(String name) implements ClientName {}

    public record ExactUri(String uri) implements ClientName {}

    public record UriPrefix(String prefix) implements ClientName {}

    /** Told beside the hash of the certificate and the proxy's own URIs. In Envoy's order, whatever the order here. */
    public enum Detail {
        SUBJECT,
        DNS,
        URI,
        /** The whole certificate. */
        CERTIFICATE,
        /** The certificate and those that the client sent with it. */
        CHAIN
    }
}
