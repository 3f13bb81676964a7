package io.signalbox.dataplane.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;
import io.signalbox.dataplane.tls.ClientTls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TLS to the hosts of one cluster, with the certificate that is to be shown at the moment. Safe for use by any thread; the
 * certificate is changed by the config thread alone.
 */
final class UpstreamTls {
    private record Shown(Optional<TlsCertificate> certificate, Map<List<String>, ClientTls> contexts) {}

    private final UpstreamConfig config;
    private Shown shown = new Shown(Optional.empty(), new HashMap<>());

    UpstreamTls(UpstreamConfig config) {
        this.config = config;
    }

    boolean isOn() {
        return config.tls().isPresent();
    }

    synchronized void show(Optional<TlsCertificate> certificate) {
        if (!certificate.equals(shown.certificate)) {
            shown = new Shown(certificate, new HashMap<>());
        }
    }

    /** What ALPN offers for a connection that requests go over. */
    List<String> offered() {
        return offered(config.protocol());
    }

    /** @param protocols what ALPN offers; none for no ALPN */
    SslHandler newHandler(List<String> protocols, ByteBufAllocator allocator) {
        return context(protocols).newHandler(allocator);
    }

    private synchronized ClientTls context(List<String> protocols) {
        return shown.contexts.computeIfAbsent(
                protocols, p -> new ClientTls(config.tls().orElseThrow(), shown.certificate, p));
    }

    private static List<String> offered(Protocol protocol) {
        return switch (protocol) {
            case HTTP1 -> List.of(ApplicationProtocolNames.HTTP_1_1);
            case HTTP2 -> List.of(ApplicationProtocolNames.HTTP_2);
            case AUTO -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        };
    }
}
