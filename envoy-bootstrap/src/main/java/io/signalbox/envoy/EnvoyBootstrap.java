package io.signalbox.envoy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an Envoy must know before it can ask a control plane for everything else. The same values give the same text.
 *
 * @param nodeId the name the control plane knows this proxy by; Envoy refuses to start without one
 * @param fleet goes out as {@code node.cluster}, which Envoy demands as well
 * @param xds where the control plane listens, each of its replicas; streams are spread over them, and go to another one when
 *     theirs is gone
 * @param admin where Envoy's admin interface listens
 * @param maxDownstreamConnections above it new connections are refused; without it Envoy warns that there is no limit
 * @param statsInterval how often latencies are sent to the control plane, in whole milliseconds; empty for Envoy's 5 s
 */
public record EnvoyBootstrap(
        String nodeId,
        String fleet,
        Optional<Locality> locality,
        List<HostPort> xds,
        Protocol protocol,
        Optional<MutualTls> tls,
        HostPort admin,
        int maxDownstreamConnections,
        Optional<Duration> statsInterval) {

    /** The fleet of a node that names none. */
    public static final String DEFAULT_FLEET = "default";

    public EnvoyBootstrap {
        if (nodeId.isBlank()) {
            throw new IllegalArgumentException("the node id is blank (expected: a name, one for each proxy)");
        }
        if (fleet.isBlank()) {
            throw new IllegalArgumentException("the fleet is blank (expected: a name)");
        }
        xds = List.copyOf(xds);
        if (xds.isEmpty()) {
            throw new IllegalArgumentException("no control plane (expected: one HOST:PORT for each of its replicas)");
        }
        for (HostPort replica : xds) {
            if (replica.port() == 0) {
                throw new IllegalArgumentException("the control plane's port is 0 (expected: 1 to 65535)");
            } else if (xds.indexOf(replica) != xds.lastIndexOf(replica)) {
                throw new IllegalArgumentException(replica + " twice (expected: each replica once)");
            }
        }
        if (maxDownstreamConnections < 1) {
            throw new IllegalArgumentException(
                    "maxDownstreamConnections is " + maxDownstreamConnections + " (expected: at least 1)");
        }
        if (statsInterval.filter(interval -> !isStatsInterval(interval)).isPresent()) {
            throw new IllegalArgumentException("statsInterval is " + statsInterval.get()
                    + " (expected: 1 ms to less than 300 s, in whole milliseconds)");
        }
    }

    /** What Envoy takes. */
    private static boolean isStatsInterval(Duration interval) {
        return interval.compareTo(Duration.ofMillis(1)) >= 0
                && interval.compareTo(Duration.ofSeconds(300)) < 0
                && interval.equals(interval.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The two forms of the aggregated discovery service. */
    public enum Protocol {
        /** State of the world: {@code api_type: GRPC}. */
        SOTW("GRPC"),
        /** Incremental: {@code api_type: DELTA_GRPC}. */
        DELTA("DELTA_GRPC");

        private final String apiType;

        Protocol(String apiType) {
            this.apiType = apiType;
        }

        String apiType() {
            return apiType;
        }
    }

    /** Where a proxy runs. Empty parts are left out. */
    public record Locality(String region, String zone, String subZone) {}

    /**
     * @param port 0 to 65535; 0 lets the system choose one, which only makes sense for listening
     */
    public record HostPort(String host, int port) {
        public HostPort {
            if (host.isBlank()) {
                throw new IllegalArgumentException("the host is blank (expected: a name or an address)");
            }
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " (expected: 0 to 65535)");
            }
        }

        /**
         * Reads {@code host:port}; an IPv6 address stands in brackets.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static HostPort parse(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(text + " (expected: HOST:PORT)");
            }
            String host = text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            } else if (host.indexOf(':') >= 0) {
                throw new IllegalArgumentException(text + " (expected: [IPV6]:PORT)");
            }
            try {
                return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(text + " (expected: HOST:PORT)", e);
            }
        }

        /** Whether the host is an address that needs no name service. */
        boolean isNumeric() {
            return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Files with which proxy and control plane prove to each other who they are. The proxy reads them at start.
     *
     * @param serverName must be among the DNS names of the control plane's certificate; also sent as SNI
     */
    public record MutualTls(Path certificateChain, Path privateKey, Path trustedCa, String serverName) {}

    /** Starts from a delta stream to the given control plane, an admin interface on a free loopback port and no TLS. */
    public static Builder builder(String nodeId, HostPort xds) {
        return new Builder(nodeId, List.of(xds));
    }

    /** The same, to each of several replicas. */
    public static Builder builder(String nodeId, List<HostPort> xds) {
        return new Builder(nodeId, xds);
    }

    /** The bootstrap as YAML. */
    public String toYaml() {
        return BootstrapYaml.write(this);
    }

    /** Collects the parts of a bootstrap. For one thread. */
    public static final class Builder {
        private final String nodeId;
        private final List<HostPort> xds;
        private String fleet = DEFAULT_FLEET;
        private Optional<Locality> locality = Optional.empty();
        private Protocol protocol = Protocol.DELTA;
        private Optional<MutualTls> tls = Optional.empty();
        private HostPort admin = new HostPort("127.0.0.1", 0);
        private int maxDownstreamConnections = 50_000;
        private Optional<Duration> statsInterval = Optional.empty();

        private Builder(String nodeId, List<HostPort> xds) {
            this.nodeId = Objects.requireNonNull(nodeId);
            this.xds = List.copyOf(xds);
        }

        public Builder fleet(String newFleet) {
            this.fleet = newFleet;
            return this;
        }

        public Builder locality(Locality newLocality) {
            this.locality = Optional.of(newLocality);
            return this;
        }

        public Builder protocol(Protocol newProtocol) {
            this.protocol = newProtocol;
            return this;
        }

        public Builder tls(MutualTls newTls) {
            this.tls = Optional.of(newTls);
            return this;
        }

        public Builder admin(HostPort newAdmin) {
            this.admin = newAdmin;
            return this;
        }

        public Builder maxDownstreamConnections(int newMaximum) {
            this.maxDownstreamConnections = newMaximum;
            return this;
        }

        public Builder statsInterval(Duration newInterval) {
            this.statsInterval = Optional.of(newInterval);
            return this;
        }

        public EnvoyBootstrap build() {
            return new EnvoyBootstrap(
                    nodeId, fleet, locality, xds, protocol, tls, admin, maxDownstreamConnections, statsInterval);
        }
    }
}
