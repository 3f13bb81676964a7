package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * What each proxy allows itself towards one pool, all endpoints together; what goes beyond is answered 503. Empty where
 * Envoy's default holds. Envoy: {@code CircuitBreakers.Thresholds} and {@code max_requests_per_connection}.
 *
 * @param connections open at a time (Envoy's default: 1024)
 * @param pendingRequests waiting for a connection (1024)
 * @param requests under way (1024)
 * @param retries under way (3)
 * @param retryBudget in place of {@code retries}, a share of the requests under way
 * @param requestsPerConnection after which a connection is closed (no limit)
 */
public record PoolLimits(
        Optional<Integer> connections,
        Optional<Integer> pendingRequests,
        Optional<Integer> requests,
        Optional<Integer> retries,
        Optional<RetryBudget> retryBudget,
        Optional<Integer> requestsPerConnection) {
    public static final PoolLimits USUAL = new PoolLimits(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Retries under way, all requests under way or waiting together being 100 %.
     *
     * @param percent above 0, at most 100
     * @param minimum that is allowed at all times
     */
    public record RetryBudget(double percent, int minimum) {}
}
