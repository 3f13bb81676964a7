package io.signalbox.local;

import io.signalbox.local.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What an echo backend speaks.
 *
 * @param protocol AUTO leaves the choice to the client (ALPN), so it needs TLS
 */
public record EchoOptions(Protocol protocol, Optional<Tls> tls) {
    /** HTTP/1.1 in the clear. */
    public static final EchoOptions PLAIN = new EchoOptions(Protocol.HTTP1, Optional.empty());

    /** Versions of HTTP, HTTP2 in the clear without an upgrade; or TCP, for no protocol at all, see {@link EchoBytes}. */
    public enum Protocol {
        HTTP1,
        HTTP2,
        AUTO,
        TCP
    }

    /**
     * @param clientAuthority by whom clients must have a certificate
     */
    public record Tls(Issued certificate, Optional<X509Certificate> clientAuthority) {}

    public EchoOptions {
        if (protocol == Protocol.AUTO && tls.isEmpty()) {
            throw new IllegalArgumentException("a choice of protocols without TLS (expected: http1 or http2)");
        }
    }
}
