package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.ListenerEdge;
import java.util.List;

/**
 * @param certificates names of the certificates to serve TLS with, the first being the default; empty for plain HTTP
 */
public record ResolvedListener(String name, String address, int port, List<String> certificates, ListenerEdge edge) {
    public ResolvedListener {
        certificates = List.copyOf(certificates);
    }
}
