package io.signalbox.controlplane.compile;

import java.util.List;

/**
 * @param certificates names of the certificates to serve TLS with, the first being the default; empty for plain HTTP
 */
public record ResolvedListener(String name, String address, int port, List<String> certificates) {
    public ResolvedListener {
        certificates = List.copyOf(certificates);
    }
}
