package io.signalbox.controlplane.model;

import java.util.List;

/**
 * What clients of an HTTPS listener may agree on in the handshake.
 *
 * @param ciphers of TLS 1.2, the best first, by OpenSSL's names; empty for Envoy's own. Those of TLS 1.3 are not for choice
 */
public record TlsHandshake(TlsVersion minimum, TlsVersion maximum, List<String> ciphers) {
    public static final TlsHandshake DEFAULT = new TlsHandshake(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, List.of());

    public TlsHandshake {
        ciphers = List.copyOf(ciphers);
    }
}
