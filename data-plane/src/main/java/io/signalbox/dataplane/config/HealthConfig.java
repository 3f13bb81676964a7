package io.signalbox.dataplane.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster finds out which endpoints are well.
 *
 * @param panicThreshold percentage of healthy endpoints below which health is ignored; 0 switches this off
 */
public record HealthConfig(double panicThreshold, Optional<Check> check, Optional<Outliers> outliers) {

    /**
     * Probes of each endpoint. Envoy: "Health checking".
     *
     * @param healthyThreshold successes in a row that make a failed endpoint healthy
     * @param unhealthyThreshold failures in a row that make a healthy one failed
     * @param alpn what is offered in the TLS handshake; empty for nothing
     */
    public record Check(
            Probe probe,
            Duration interval,
            Duration timeout,
            int healthyThreshold,
            int unhealthyThreshold,
            List<String> alpn) {
        public Check {
            alpn = List.copyOf(alpn);
        }

        /** Without ALPN. */
        public Check(Probe probe, Duration interval, Duration timeout, int healthyThreshold, int unhealthyThreshold) {
            this(probe, interval, timeout, healthyThreshold, unhealthyThreshold, List.of());
        }
    }

    public sealed interface Probe {
        /**
         * @param host the Host header
         * @param statuses which are good
         * @param http2 whether it speaks HTTP/2
         */
        record Http(String path, String host, List<Statuses> statuses, boolean http2) implements Probe {
            public Http {
                statuses = List.copyOf(statuses);
            }

            public boolean isGood(int status) {
                return statuses.stream().anyMatch(s -> status >= s.first() && status < s.end());
            }
        }

        record Tcp() implements Probe {}

        /**
         * The gRPC health checking protocol.
         *
         * @param service empty for the server's as a whole
         */
        record Grpc(String service, String authority) implements Probe {}
    }

    /** From the first on, without the end. */
    public record Statuses(long first, long end) {}

    /**
     * When endpoints are left out for what they answer. Envoy: "Outlier detection".
     *
     * @param consecutive5xx after so many in a row; {@link #NEVER} for never
     * @param consecutiveGatewayFailures the same
     * @param interval how often it is looked whether a time is over
     * @param baseTime how long, times how often
     * @param maxTime how long at most
     * @param maxPercent how much of the cluster at most
     */
    public record Outliers(
            int consecutive5xx,
            int consecutiveGatewayFailures,
            Duration interval,
            Duration baseTime,
            Duration maxTime,
            int maxPercent) {
        public static final int NEVER = Integer.MAX_VALUE;
    }
}
