package io.signalbox.dataplane.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where bytes go, whatever they mean. Envoy: {@code TcpProxy}.
 *
 * @param arms the clusters to choose from for each connection; their weights' sum is above 0
 * @param idleTimeout of a connection on which nothing moves; zero means none
 * @param connectAttempts how many hosts are tried before the connection is given up
 * @param bySourceIp whether hosts are chosen by a hash of the client's address, where the cluster chooses by hash
 * @param accessLogs what is told of connections
 */
public record TcpConfig(
        List<Arm> arms, Duration idleTimeout, int connectAttempts, boolean bySourceIp, List<AccessLogConfig> accessLogs)
        implements NetworkFilter {
    public TcpConfig {
        arms = List.copyOf(arms);
        accessLogs = List.copyOf(accessLogs);
    }

    /** @param labels that the host must have, where the cluster chooses by labels */
    public record Arm(String cluster, long weight, Map<String, String> labels) {
        public Arm {
            labels = Map.copyOf(labels);
        }
    }

    /** @param random 64 bits, which pick the arm */
    public Arm pick(long random) {
        long sum = 0;
        for (Arm arm : arms) {
            sum += arm.weight();
        }
        long left = Long.remainderUnsigned(random, sum);
        for (Arm arm : arms) {
            if (left < arm.weight()) {
                return arm;
            }
            left -= arm.weight();
        }
        throw new IllegalStateException("weights without a sum");
    }
}
