package io.signalbox.dataplane.listener;

import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.tls.ServerTls;
import java.util.List;
import java.util.Optional;

/**
 * A filter chain at work.
 *
 * @param connections of all versions of its certificates together
 * @param tls what handshakes use; empty for plain text, and for TLS as long as there is no certificate
 */
record ServingChain(FilterChainConfig config, Service service, ConnectionCount connections, Optional<ServerTls> tls) {
    static ServingChain of(FilterChainConfig config, Service service, List<TlsCertificate> certificates) {
        return new ServingChain(
                config, service, new ConnectionCount(config.connectionLimit()), tls(config, certificates));
    }

    /** The same with other certificates. */
    ServingChain rotated(Service next, List<TlsCertificate> certificates) {
        return new ServingChain(config, next, connections, tls(config, certificates));
    }

    private static Optional<ServerTls> tls(FilterChainConfig config, List<TlsCertificate> certificates) {
        return certificates.isEmpty() ? Optional.empty() : config.tls().map(tls -> new ServerTls(tls, certificates));
    }

    boolean refuses() {
        return config.tls().isPresent() && tls.isEmpty();
    }
}
