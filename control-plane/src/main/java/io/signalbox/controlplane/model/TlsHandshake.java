package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * What clients of an HTTPS listener may agree on in the handshake, and what they must show.
 *
 * @param ciphers of TLS 1.2, the best first, by OpenSSL's names; empty for Envoy's own. Those of TLS 1.3 are not for choice
 * @param alpn what is offered, the best first: {@code h2}, {@code http/1.1}; empty for whatever is spoken
 * @param http3 empty where QUIC is not offered
 * @param clientCertificates empty when clients are not asked for any
 */
public record TlsHandshake(
        TlsVersion minimum,
        TlsVersion maximum,
        List<String> ciphers,
        List<String> alpn,
        Optional<Http3> http3,
        Optional<ClientCertificates> clientCertificates) {
    public static final String HTTP_2 = "h2";
    public static final String HTTP_1 = "http/1.1";
    public static final TlsHandshake DEFAULT = new TlsHandshake(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, List.of());

    public TlsHandshake {
        ciphers = List.copyOf(ciphers);
        alpn = List.copyOf(alpn);
    }

    public TlsHandshake(TlsVersion minimum, TlsVersion maximum, List<String> ciphers) {
        this(minimum, maximum, ciphers, List.of(), Optional.empty());
    }

    public TlsHandshake(
            TlsVersion minimum,
            TlsVersion maximum,
            List<String> ciphers,
            List<String> alpn,
            Optional<ClientCertificates> clientCertificates) {
        this(minimum, maximum, ciphers, alpn, Optional.empty(), clientCertificates);
    }

    /** @param http2 whether it is spoken */
    public List<String> offered(boolean http2) {
        if (!alpn.isEmpty()) {
            return alpn;
        }
        return http2 ? List.of(HTTP_2, HTTP_1) : List.of(HTTP_1);
    }
}
