package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port that proxies listen on.
 *
 * @param edge what becomes of requests before they are routed
 * @param headers changed for every request that a route takes, after what the route and the virtual host change
 * @param accessLog what is told of requests; empty for nothing
 */
public record ListenerSpec(
        String address,
        int port,
        Protocol protocol,
        ListenerEdge edge,
        HeaderEdits headers,
        Optional<AccessLog> accessLog)
        implements Spec {
    public ListenerSpec(String address, int port, Protocol protocol) {
        this(address, port, protocol, ListenerEdge.DEFAULT, HeaderEdits.NONE, Optional.empty());
    }

    /** What is spoken on the port. In JSON one key of {@code http}, {@code https}, {@code tcp}. */
    public sealed interface Protocol {}

    /** HTTP without TLS. */
    public record Http() implements Protocol {}

    /**
     * HTTP over TLS.
     *
     * @param certificates names of certificates, at least one. A client's SNI picks the one whose DNS names fit; the
     *     first serves those that fit none or send no SNI
     * @param passthrough names whose connections are not ended here
     */
    public record Https(List<String> certificates, TlsHandshake handshake, List<Passthrough> passthrough)
            implements Protocol {
        public Https {
            certificates = List.copyOf(certificates);
            passthrough = List.copyOf(passthrough);
        }

        public Https(List<String> certificates, TlsHandshake handshake) {
            this(certificates, handshake, List.of());
        }

        public Https(List<String> certificates) {
            this(certificates, TlsHandshake.DEFAULT);
        }
    }

    /** Whatever clients and servers speak; nothing of it is looked at. */
    public record Tcp(TcpForward forward) implements Protocol {}

    @Override
    public Kind kind() {
        return Kind.LISTENER;
    }

    /** Whether routes have a say in it. */
    public boolean speaksHttp() {
        return !(protocol instanceof Tcp);
    }

    /** Where connections go that no route is asked about. */
    public List<TcpForward> tcpForwards() {
        if (protocol instanceof Tcp tcp) {
            return List.of(tcp.forward());
        }
        return protocol instanceof Https https
                ? https.passthrough().stream().map(Passthrough::forward).toList()
                : List.of();
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        edge.authorization()
                .ifPresent(authorization -> references.add(
                        new Reference("authorization.pool", new ResourceKey(Kind.POOL, authorization.pool()))));
        if (protocol instanceof Tcp tcp) {
            references.addAll(tcp.forward().references("tcp"));
        } else if (protocol instanceof Https https) {
            references.addAll(references(https));
        }
        return List.copyOf(references);
    }

    private static List<Reference> references(Https https) {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < https.certificates().size(); i++) {
            references.add(new Reference(
                    "https.certificates[" + i + "]",
                    new ResourceKey(Kind.CERTIFICATE, https.certificates().get(i))));
        }
        for (int i = 0; i < https.passthrough().size(); i++) {
            references.addAll(https.passthrough().get(i).forward().references("https.passthrough[" + i + "]"));
        }
        return references;
    }
}
