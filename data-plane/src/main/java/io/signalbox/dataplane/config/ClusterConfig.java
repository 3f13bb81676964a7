package io.signalbox.dataplane.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A cluster of endpoints. */
public record ClusterConfig(
        String name,
        Discovery discovery,
        Duration connectTimeout,
        Limits limits,
        LoadBalancing loadBalancing,
        Spread spread,
        UpstreamConfig upstream,
        HealthConfig health) {

    /** All else as usual. */
    public ClusterConfig(
            String name,
            Discovery discovery,
            Duration connectTimeout,
            LoadBalancing loadBalancing,
            double panicThreshold) {
        this(
                name,
                discovery,
                connectTimeout,
                Limits.USUAL,
                loadBalancing,
                Spread.NONE,
                UpstreamConfig.PLAIN,
                new HealthConfig(panicThreshold, Optional.empty(), Optional.empty()));
    }

    /**
     * What a cluster may use at a time, all event loops together. Envoy: {@code CircuitBreakers.Thresholds}.
     *
     * @param retryBudget in place of {@code retries}
     * @param requestsPerConnection after so many a connection is closed; {@link #NONE} for never
     */
    public record Limits(
            int connections,
            int pendingRequests,
            int requests,
            int retries,
            Optional<RetryBudget> retryBudget,
            int requestsPerConnection) {
        public static final int NONE = 0;

        public static final Limits USUAL = new Limits(1024, 1024, 1024, 3, Optional.empty(), NONE);
    }

    /** Retries by the requests under way or waiting. Envoy: {@code Thresholds.RetryBudget}. */
    public record RetryBudget(double percent, int minimum) {}

    /** Where the endpoints come from. */
    public sealed interface Discovery {
        record Static(EndpointsConfig endpoints) implements Discovery {}

        record Eds(String serviceName) implements Discovery {}

        /** The control plane's own hosts, which gRPC looks up; requests are never sent to them. */
        record ControlPlane(List<HostPort> replicas) implements Discovery {
            public ControlPlane {
                replicas = List.copyOf(replicas);
            }
        }

        /**
         * Host names that are looked up time and again.
         *
         * @param endpoints whose addresses may be unresolved
         */
        record StrictDns(EndpointsConfig endpoints, Family family, Duration refresh) implements Discovery {}
    }

    /** Which addresses of a host name are used. */
    public enum Family {
        V4_ONLY,
        V6_ONLY,
        /** IPv4 if there is any. */
        V4_PREFERRED,
        /** IPv6 if there is any. */
        V6_PREFERRED,
        ALL
    }

    public sealed interface LoadBalancing {
        /** Whether it looks at the request's hash. */
        default boolean byHash() {
            return false;
        }

        record RoundRobin(Optional<SlowStart> slowStart) implements LoadBalancing {
            public RoundRobin() {
                this(Optional.empty());
            }
        }

        record Random() implements LoadBalancing {}

        /** @param choices how many endpoints are drawn when all weights are equal, at least 2 */
        record LeastRequest(int choices, double activeRequestBias, Optional<SlowStart> slowStart)
                implements LoadBalancing {
            public LeastRequest(int choices, double activeRequestBias) {
                this(choices, activeRequestBias, Optional.empty());
            }
        }

        /** Sizes are those of the ring. */
        record RingHash(long minimumSize, long maximumSize) implements LoadBalancing {
            @Override
            public boolean byHash() {
                return true;
            }
        }

        /** @param tableSize a prime */
        record Maglev(int tableSize) implements LoadBalancing {
            @Override
            public boolean byHash() {
                return true;
            }
        }
    }

    /**
     * The weight of an endpoint that is new grows to its whole. Envoy: "Slow start mode".
     *
     * @param aggression above 1 it grows faster at first, below 1 more slowly
     * @param minimum the part of its weight that an endpoint begins with, 0 to 1
     */
    public record SlowStart(Duration window, double aggression, double minimum) {
        /** The part of its weight that an endpoint has after a time. */
        public double part(Duration age) {
            if (age.compareTo(window) >= 0) {
                return 1;
            }
            double time = (double) Math.max(1, age.toMillis()) / Math.max(1, window.toMillis());
            return Math.max(minimum, aggression == 1 ? time : Math.pow(time, 1 / aggression));
        }
    }

    /** The name under which EDS knows its endpoints. */
    public Optional<String> edsName() {
        return discovery instanceof Discovery.Eds eds ? Optional.of(eds.serviceName()) : Optional.empty();
    }
}
