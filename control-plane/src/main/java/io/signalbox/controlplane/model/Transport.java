package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What is spoken to a pool's endpoints.
 *
 * @param connectTimeout how long to wait for a connection; empty for Envoy's default, 5 s
 */
public record Transport(Optional<Duration> connectTimeout, Protocol protocol, Optional<UpstreamTls> tls) {
    public static final Transport USUAL = new Transport(Optional.empty(), Protocol.HTTP1, Optional.empty());

    public enum Protocol {
        HTTP1,
        HTTP2,
        /** The one that the server chooses in the TLS handshake (ALPN). */
        AUTO
    }
}
