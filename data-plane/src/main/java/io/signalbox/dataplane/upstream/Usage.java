package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.ClusterConfig.RetryBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one cluster has in use, and whether it may use more. Envoy: "Circuit breaking". Safe for use by any thread; each
 * event loop has connections of its own, but all count together.
 */
final class Usage {
    private final Limits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    private final AtomicInteger retries = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    Usage(Limits limits) {
        this.limits = limits;
    }

    /** @param only whether without it a request would wait for ever; then the limit does not hold */
    boolean startConnection(boolean only) {
        if (only) {
            connections.incrementAndGet();
            return true;
        }
        return start(connections, limits.connections());
    }

    void endConnection() {
        connections.decrementAndGet();
    }

    /** A request begins to wait for a connection. */
    boolean startPending() {
        return start(pending, limits.pendingRequests());
    }

    void endPending() {
        pending.decrementAndGet();
    }

    /** A request gets a connection. */
    boolean startRequest() {
        return start(requests, limits.requests());
    }

    void endRequest() {
        requests.decrementAndGet();
    }

    /** A request is to be tried again. */
    boolean startRetry() {
        return start(retries, limits.retryBudget().map(this::allowed).orElse(limits.retries()));
    }

    private int allowed(RetryBudget budget) {
        int share = (int) (budget.percent() / 100 * (requests.get() + pending.get()));
        return Math.max(share, budget.minimum());
    }

    void endRetry() {
        retries.decrementAndGet();
    }

    /** A request was given up because of a limit. */
    void dropped() {
        dropped.increment();
    }

    /** How many were since it was last asked. */
    long takeDropped() {
        return dropped.sumThenReset();
    }

    private static boolean start(AtomicInteger used, int limit) {
        if (used.incrementAndGet() > limit) {
            used.decrementAndGet();
            return false;
        }
        return true;
    }
}
