package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.type.v3.Percent;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;
import java.util.List;

/**
 * A pool is a cluster, and its endpoints are that cluster's load assignment, both by the pool's name. Endpoints come
 * apart from the cluster because a changed cluster is built anew in Envoy, connections and all. Only host names, which
 * Envoy does not take by EDS, stand in the cluster.
 *
 * <p>What a pool does not say is not said of its cluster either, as each thing said costs memory in every proxy. So Envoy's
 * defaults hold: 5 s to connect, HTTP/1.1, no health checks, no circuit breakers beyond the default 1024.
 */
final class Clusters {
    private Clusters() {}

    /**
     * What of a pool its cluster depends on.
     *
     * @param pool without the endpoints and localities if they come apart
     */
    record Settings(PoolSpec pool, boolean byLocality) {
        static Settings of(PoolSpec pool) {
            return new Settings(
                    pool.hasHostNames() ? pool : pool.with(List.of(), List.of()),
                    !pool.localityWeights().isEmpty());
        }
    }

    static Cluster cluster(String name, Settings settings) {
        PoolSpec pool = settings.pool();
        Cluster.Builder cluster = Cluster.newBuilder().setName(name);
        if (pool.hasHostNames()) {
            cluster.setType(Cluster.DiscoveryType.STRICT_DNS)
                    .setDnsLookupFamily(Cluster.DnsLookupFamily.V4_PREFERRED)
                    .setLoadAssignment(Assignments.assignment(new ResolvedPool(name, pool)));
        } else {
            cluster.setType(Cluster.DiscoveryType.EDS)
                    .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ConfigSources.ADS));
        }
        LoadBalancers.add(pool.loadBalancing(), cluster);
        pool.subsets().ifPresent(subsets -> cluster.setLbSubsetConfig(Subsets.config(subsets, settings.byLocality())));
        if (settings.byLocality()) {
            cluster.getCommonLbConfigBuilder()
                    .setLocalityWeightedLbConfig(CommonLbConfig.LocalityWeightedLbConfig.getDefaultInstance());
        }
        Upstreams.add(pool, cluster);
        addLimits(pool.limits(), cluster);
        HealthChecks.add(pool.health(), pool.transport(), cluster);
        return cluster.build();
    }

    private static void addLimits(PoolLimits limits, Cluster.Builder cluster) {
        CircuitBreakers.Thresholds.Builder thresholds = CircuitBreakers.Thresholds.newBuilder();
        limits.connections().ifPresent(n -> thresholds.setMaxConnections(UInt32Value.of(n)));
        limits.pendingRequests().ifPresent(n -> thresholds.setMaxPendingRequests(UInt32Value.of(n)));
        limits.requests().ifPresent(n -> thresholds.setMaxRequests(UInt32Value.of(n)));
        limits.retries().ifPresent(n -> thresholds.setMaxRetries(UInt32Value.of(n)));
        limits.retryBudget()
                .ifPresent(budget -> thresholds
                        .getRetryBudgetBuilder()
                        .setBudgetPercent(Percent.newBuilder().setValue(budget.percent()))
                        .setMinRetryConcurrency(UInt32Value.of(budget.minimum())));
        if (!thresholds.build().equals(CircuitBreakers.Thresholds.getDefaultInstance())) {
            cluster.getCircuitBreakersBuilder().addThresholds(thresholds);
        }
    }

    static Address address(String address, int port) {
        Address.Builder proto = Address.newBuilder();
        proto.getSocketAddressBuilder().setAddress(address).setPortValue(port);
        return proto.build();
    }

    static Duration duration(java.time.Duration duration) {
        return Durations.fromNanos(duration.toNanos());
    }
}
