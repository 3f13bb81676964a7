package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A group of servers that answer alike. A pool without endpoints is allowed: requests to it are answered 503.
 *
 * @param connectTimeout how long to wait for a connection; empty for Envoy's default, 5 s
 */
public record PoolSpec(
        LoadBalancing loadBalancing, Optional<Duration> connectTimeout, PoolLimits limits, List<Endpoint> endpoints)
        implements Spec {
    public PoolSpec {
        endpoints = List.copyOf(endpoints);
    }

    /** All else as usual. */
    public PoolSpec(LoadBalancing loadBalancing, List<Endpoint> endpoints) {
        this(loadBalancing, Optional.empty(), PoolLimits.USUAL, endpoints);
    }

    /** The same with other endpoints. */
    public PoolSpec with(List<Endpoint> others) {
        return new PoolSpec(loadBalancing, connectTimeout, limits, others);
    }

    @Override
    public Kind kind() {
        return Kind.POOL;
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }
}
