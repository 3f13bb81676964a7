package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/** A group of servers that answer alike. A pool without endpoints is allowed: requests to it are answered 503. */
public record PoolSpec(
        LoadBalancing loadBalancing,
        Transport transport,
        PoolLimits limits,
        PoolHealth health,
        List<Endpoint> endpoints)
        implements Spec {
    public PoolSpec {
        endpoints = List.copyOf(endpoints);
    }

    /** All else as usual. */
    public PoolSpec(LoadBalancing loadBalancing, List<Endpoint> endpoints) {
        this(loadBalancing, Transport.USUAL, PoolLimits.USUAL, PoolHealth.UNWATCHED, endpoints);
    }

    /** The same with other endpoints. */
    public PoolSpec with(List<Endpoint> others) {
        return new PoolSpec(loadBalancing, transport, limits, health, others);
    }

    /** Those that take new requests. */
    public List<Endpoint> inUse() {
        return endpoints.stream().filter(endpoint -> !endpoint.drain()).toList();
    }

    /** Whether proxies have to look up the endpoints. */
    public boolean hasHostNames() {
        return endpoints.stream().anyMatch(Endpoint::hasHostName);
    }

    @Override
    public Kind kind() {
        return Kind.POOL;
    }

    /** Its client certificate. */
    public Optional<String> certificate() {
        return transport.tls().flatMap(UpstreamTls::certificate);
    }

    @Override
    public List<Reference> references() {
        return certificate().stream()
                .map(name -> new Reference("tls.certificate", new ResourceKey(Kind.CERTIFICATE, name)))
                .toList();
    }
}
