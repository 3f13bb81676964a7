package io.signalbox.controlplane.model;

import java.util.List;

/** A group of servers that answer alike. A pool without endpoints is allowed: requests to it are answered 503. */
public record PoolSpec(LoadBalancing loadBalancing, List<Endpoint> endpoints) implements Spec {
    public PoolSpec {
        endpoints = List.copyOf(endpoints);
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
