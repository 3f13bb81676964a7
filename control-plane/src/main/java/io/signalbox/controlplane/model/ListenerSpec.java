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

    /** What is spoken on the port. In JSON one key of {@code http}, {@code https}. */
    public sealed interface Protocol {}

    /** HTTP without TLS. */
    public record Http() implements Protocol {}

    /**
     * HTTP over TLS.
     *
     * @param certificates names of certificates, at least one. A client's SNI picks the one whose DNS names fit; the
     *     first serves those that fit none or send no SNI
     */
    public record Https(List<String> certificates, TlsHandshake handshake) implements Protocol {
        public Https {
            certificates = List.copyOf(certificates);
        }

        public Https(List<String> certificates) {
            this(certificates, TlsHandshake.DEFAULT);
        }
    }

    @Override
    public Kind kind() {
        return Kind.LISTENER;
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        edge.authorization()
                .ifPresent(authorization -> references.add(
                        new Reference("authorization.pool", new ResourceKey(Kind.POOL, authorization.pool()))));
        if (protocol instanceof Https https) {
            for (int i = 0; i < https.certificates().size(); i++) {
                references.add(new Reference(
                        "https.certificates[" + i + "]",
                        new ResourceKey(Kind.CERTIFICATE, https.certificates().get(i))));
            }
        }
        return List.copyOf(references);
    }
}
