package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.Passthrough;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TlsHandshake;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * @param certificates names of the certificates to serve TLS with, the first being the default; empty for plain HTTP
 * @param handshake of TLS, if there is any
 * @param passthrough what is not served with these certificates but passed on
 * @param tcp where connections go; empty for HTTP
 */
public record ResolvedListener(
        String name,
        String address,
        int port,
        List<String> certificates,
        TlsHandshake handshake,
        ListenerEdge edge,
        Optional<AccessLog> accessLog,
        List<Passthrough> passthrough,
        Optional<TcpForward> tcp) {
    public ResolvedListener {
        certificates = List.copyOf(certificates);
        passthrough = List.copyOf(passthrough);
    }

    /** One that speaks HTTP with all that connect. */
    public ResolvedListener(
            String name,
            String address,
            int port,
            List<String> certificates,
            TlsHandshake handshake,
            ListenerEdge edge,
            Optional<AccessLog> accessLog) {
        this(name, address, port, certificates, handshake, edge, accessLog, List.of(), Optional.empty());
    }

    /** The pools of connections that no route is asked about, and that which is asked about requests. */
    public Set<String> poolNames() {
        Set<String> names = new TreeSet<>();
        edge.authorization().ifPresent(authorization -> names.add(authorization.pool()));
        tcp.ifPresent(forward -> names.addAll(forward.poolNames()));
        passthrough.forEach(each -> names.addAll(each.forward().poolNames()));
        return names;
    }
}
