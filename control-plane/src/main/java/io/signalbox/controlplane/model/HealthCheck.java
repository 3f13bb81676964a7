package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Each proxy asks each endpoint time and again whether it is well. Envoy: "Health checking".
 *
 * @param interval between two probes of one endpoint
 * @param timeout after which a probe has failed
 * @param healthyThreshold how many probes in a row must succeed before a failed endpoint is used again
 * @param unhealthyThreshold how many must fail before it is not used any more
 */
public record HealthCheck(
        Probe probe, Duration interval, Duration timeout, int healthyThreshold, int unhealthyThreshold) {
    public static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);
    public static final int USUAL_HEALTHY_THRESHOLD = 2;
    public static final int USUAL_UNHEALTHY_THRESHOLD = 3;

    public sealed interface Probe {}

    /**
     * A GET.
     *
     * @param path what is asked for
     * @param host the Host header; empty for the pool's name
     * @param statuses which answers are good; empty for 200 alone
     */
    public record Http(String path, Optional<String> host, List<Integer> statuses) implements Probe {
        public Http {
            statuses = List.copyOf(statuses);
        }
    }

    /** A connection. */
    public record Tcp() implements Probe {}

    /**
     * The gRPC health checking protocol.
     *
     * @param service whose health is asked for; empty for the server's as a whole
     */
    public record Grpc(Optional<String> service) implements Probe {}
}
