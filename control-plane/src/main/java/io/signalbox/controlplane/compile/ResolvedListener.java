package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.TlsHandshake;
import java.util.List;
import java.util.Optional;

/**
 * @param certificates names of the certificates to serve TLS with, the first being the default; empty for plain HTTP
 * @param handshake of TLS, if there is any
 */
public record ResolvedListener(
        String name,
        String address,
        int port,
        List<String> certificates,
        TlsHandshake handshake,
        ListenerEdge edge,
        Optional<AccessLog> accessLog) {
    public ResolvedListener {
        certificates = List.copyOf(certificates);
    }
}
