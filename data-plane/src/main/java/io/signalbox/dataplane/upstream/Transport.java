package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the hosts of one cluster are connected to, and what they have in common. As in Envoy a cluster that changes begins
 * anew, connections and all.
 */
final class Transport {
    private final ClusterConfig config;
    private final Usage usage;
    private final UpstreamTls tls;
    private volatile Consumer<Host> onOutlier = host -> {};

    Transport(ClusterConfig config) {
        this.config = config;
        this.usage = new Usage(config.limits());
        this.tls = new UpstreamTls(config.upstream());
    }

    int connectTimeoutMillis() {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis()));
    }

    Protocol protocol() {
        return config.upstream().protocol();
    }

    /** @param certificate for connections from now on; called by the config thread */
    void show(Optional<TlsCertificate> certificate) {
        tls.show(certificate);
    }

    UpstreamTls tls() {
        return tls;
    }

    Usage usage() {
        return usage;
    }

    /** Whether a connection that has had so many requests takes no more. */
    boolean isWornOut(int requests) {
        int most = config.limits().requestsPerConnection();
        return most != Limits.NONE && requests >= most;
    }

    boolean isProbed() {
        return config.health().check().isPresent();
    }

    Optional<Outliers> outliers() {
        return config.health().outliers();
    }

    /** @param listener is called by event loops */
    void onOutlier(Consumer<Host> listener) {
        onOutlier = listener;
    }

    void tellOfOutlier(Host host) {
        onOutlier.accept(host);
    }
}
