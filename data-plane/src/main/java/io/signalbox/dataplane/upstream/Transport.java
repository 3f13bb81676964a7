package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the hosts of one cluster are connected to, and what they have in common. As in Envoy a cluster that changes begins
 * anew, connections and all.
 */
final class Transport {
    private final ClusterConfig config;
    private final Usage usage;
    private volatile Consumer<Host> onOutlier = host -> {};

    Transport(ClusterConfig config) {
        this.config = config;
        this.usage = new Usage(config.limits());
    }

    int connectTimeoutMillis() {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis()));
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
