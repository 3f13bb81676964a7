package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * A group of servers that answer alike. A pool without endpoints is allowed: requests to it are answered 503.
 *
 * @param subsets by which labels routes may choose among its endpoints; empty when they may not
 * @param localityWeights each locality's share; empty when localities do not count
 */
public record PoolSpec(
        LoadBalancing loadBalancing,
        Transport transport,
        PoolLimits limits,
        PoolHealth health,
        Optional<Subsets> subsets,
        List<Endpoint> endpoints,
        List<LocalityWeight> localityWeights)
        implements Spec {
    public PoolSpec {
        endpoints = List.copyOf(endpoints);
        localityWeights = List.copyOf(localityWeights);
    }

    /** All endpoints alike, wherever they are. */
    public PoolSpec(
            LoadBalancing loadBalancing,
            Transport transport,
            PoolLimits limits,
            PoolHealth health,
            List<Endpoint> endpoints) {
        this(loadBalancing, transport, limits, health, Optional.empty(), endpoints, List.of());
    }

    /** All else as usual. */
    public PoolSpec(LoadBalancing loadBalancing, List<Endpoint> endpoints) {
        this(loadBalancing, Transport.USUAL, PoolLimits.USUAL, PoolHealth.UNWATCHED, endpoints);
    }

    /** The same with other endpoints. */
    public PoolSpec with(List<Endpoint> others) {
        return with(others, localityWeights);
    }

    /** The same with other endpoints and localities. */
    public PoolSpec with(List<Endpoint> others, List<LocalityWeight> weights) {
        return new PoolSpec(loadBalancing, transport, limits, health, subsets, others, weights);
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
