package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.HealthConfig.Outliers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts bad answers in a row. Safe for use by any thread. */
final class Streaks {
    private final int limit5xx;
    private final int limitGateway;
    private final AtomicInteger all5xx = new AtomicInteger();
    private final AtomicInteger gateway = new AtomicInteger();

    Streaks(Optional<Outliers> rules) {
        this.limit5xx = rules.map(Outliers::consecutive5xx).orElse(Outliers.NEVER);
        this.limitGateway = rules.map(Outliers::consecutiveGatewayFailures).orElse(Outliers.NEVER);
    }

    /** Whether with this answer a streak has got as long as it may; told once for each streak. */
    boolean add(int status) {
        if (limit5xx == Outliers.NEVER && limitGateway == Outliers.NEVER) {
            return false;
        }
        boolean reached = count(gateway, status >= 502 && status <= 504, limitGateway);
        return count(all5xx, status >= 500, limit5xx) || reached;
    }

    private static boolean count(AtomicInteger streak, boolean bad, int limit) {
        if (!bad) {
            streak.set(0);
            return false;
        }
        return streak.incrementAndGet() == limit;
    }

    void reset() {
        all5xx.set(0);
        gateway.set(0);
    }
}
