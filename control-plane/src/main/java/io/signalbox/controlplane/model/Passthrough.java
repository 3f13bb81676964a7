package io.signalbox.controlplane.model;

import java.util.List;

/**
 * TLS connections of some names that an HTTPS listener does not end itself but passes on as they are, to servers that have
 * the certificate.
 *
 * @param serverNames lower case: a name, or {@code *.} and a name for all names below it. At least one
 */
public record Passthrough(List<String> serverNames, TcpForward forward) {
    public Passthrough {
        serverNames = List.copyOf(serverNames);
    }
}
