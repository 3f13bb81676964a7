package io.signalbox.dataplane.config;

import java.time.Duration;
import java.util.Optional;

/**
 * @param panicThreshold percentage of healthy endpoints below which health is ignored; 0 switches this off
 */
public record ClusterConfig(
        String name,
        Discovery discovery,
        Duration connectTimeout,
        Limits limits,
        LoadBalancing loadBalancing,
        double panicThreshold) {

    /** All else as usual. */
    public ClusterConfig(
            String name,
            Discovery discovery,
            Duration connectTimeout,
            LoadBalancing loadBalancing,
            double panicThreshold) {
        this(name, discovery, connectTimeout, Limits.USUAL, loadBalancing, panicThreshold);
    }

    /**
     * What a cluster may use at a time, all event loops together. Envoy: {@code CircuitBreakers.Thresholds}.
     *
     * @param requestsPerConnection after so many a connection is closed; {@link #NONE} for never
     */
    public record Limits(int connections, int pendingRequests, int requests, int retries, int requestsPerConnection) {
        public static final int NONE = 0;

        public static final Limits USUAL = new Limits(1024, 1024, 1024, 3, NONE);
    }

    /** Where the endpoints come from. */
    public sealed interface Discovery {
        record Static(EndpointsConfig endpoints) implements Discovery {}

        record Eds(String serviceName) implements Discovery {}

        /** A host name. Only the cluster of the control plane may have one; requests are never sent to it. */
        record Dns(String host, int port) implements Discovery {}
    }

    public sealed interface LoadBalancing {
        record RoundRobin() implements LoadBalancing {}

        record Random() implements LoadBalancing {}

        /** @param choices how many endpoints are drawn when all weights are equal, at least 2 */
        record LeastRequest(int choices, double activeRequestBias) implements LoadBalancing {}
    }

    /** The name under which EDS knows its endpoints. */
    public Optional<String> edsName() {
        return discovery instanceof Discovery.Eds eds ? Optional.of(eds.serviceName()) : Optional.empty();
    }
}
