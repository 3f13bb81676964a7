package io.signalbox.dataplane.config;

import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What is spoken to the endpoints of a cluster. */
public record UpstreamConfig(Protocol protocol, Optional<Tls> tls) {
    /** HTTP/1.1 in the clear. */
    public static final UpstreamConfig PLAIN = new UpstreamConfig(Protocol.HTTP1, Optional.empty());

    public enum Protocol {
        HTTP1,
        HTTP2,
        /** The one that the endpoint chooses in the TLS handshake (ALPN). */
        AUTO
    }

    /**
     * @param serverName the SNI
     * @param trusted authorities; empty for any certificate
     * @param names DNS names of which the endpoint's certificate must have one; empty for any
     * @param certificate what is shown to endpoints
     * @param versions JSSE names of the TLS versions offered
     */
    public record Tls(
            Optional<String> serverName,
            List<X509Certificate> trusted,
            List<String> names,
            Optional<CertificateSource> certificate,
            List<String> versions) {
        public Tls {
            trusted = List.copyOf(trusted);
            names = List.copyOf(names);
            versions = List.copyOf(versions);
        }
    }

    /** The secret that its certificate comes by. */
    public Optional<String> secretName() {
        return tls.flatMap(Tls::certificate)
                .flatMap(source ->
                        source instanceof CertificateSource.Sds sds ? Optional.of(sds.secretName()) : Optional.empty());
    }
}
