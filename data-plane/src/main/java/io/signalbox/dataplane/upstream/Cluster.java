package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.routing.RandomValue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that takes requests: its hosts at one point of the config. Safe for use by any thread. */
public final class Cluster {
    private final ClusterConfig config;
    private final Transport transport;
    private final Map<InetSocketAddress, Host> hosts;
    private final Optional<LoadBalancer> loadBalancer;

    private Cluster(
            ClusterConfig config,
            Transport transport,
            Map<InetSocketAddress, Host> hosts,
            Optional<LoadBalancer> loadBalancer) {
        this.config = config;
        this.transport = transport;
        this.hosts = hosts;
        this.loadBalancer = loadBalancer;
    }

    /**
     * @param before the cluster of that name until now: if its config is the same, hosts that stay keep their connections;
     *     those that go are retired with {@link #retireAllBut}
     */
    public static Cluster create(
            ClusterConfig config, EndpointsConfig endpoints, Optional<Cluster> before, RandomValue random) {
        Optional<Cluster> same = before.filter(c -> c.config.equals(config));
        Transport transport = same.map(c -> c.transport).orElseGet(() -> new Transport(config));
        Map<InetSocketAddress, Host> hosts = new LinkedHashMap<>();
        List<WeightedHost> all = new ArrayList<>();
        List<WeightedHost> healthy = new ArrayList<>();
        for (Endpoint endpoint : endpoints.endpoints()) {
            if (hosts.containsKey(endpoint.address())) {
                continue;
            }
            Host host = same.map(c -> c.hosts.get(endpoint.address()))
                    .orElseGet(() -> new Host(endpoint.address(), transport));
            hosts.put(endpoint.address(), host);
            all.add(new WeightedHost(host, endpoint.weight()));
            if (endpoint.healthy()) {
                healthy.add(new WeightedHost(host, endpoint.weight()));
            }
        }
        List<WeightedHost> eligible = panics(all.size(), healthy.size(), config.panicThreshold()) ? all : healthy;
        Optional<LoadBalancer> loadBalancer = eligible.isEmpty()
                ? Optional.empty()
                : Optional.of(LoadBalancers.create(config.loadBalancing(), eligible, random));
        return new Cluster(config, transport, hosts, loadBalancer);
    }

    /** Envoy: "Panic threshold": with too few healthy hosts health is taken to be wrong and ignored. */
    private static boolean panics(int all, int healthy, double threshold) {
        return 100.0 * healthy < threshold * all;
    }

    /** Tells the hosts that are no longer in use that they are not. */
    public void retireAllBut(Optional<Cluster> after) {
        for (Host host : hosts.values()) {
            if (after.isEmpty() || after.get().hosts.get(host.address()) != host) {
                host.retire();
            }
        }
    }

    public String name() {
        return config.name();
    }

    public Duration connectTimeout() {
        return config.connectTimeout();
    }

    public Collection<Host> hosts() {
        return hosts.values();
    }

    /** Empty when there is no host to send a request to. */
    public Optional<Host> pick() {
        return loadBalancer.isPresent() ? Optional.of(loadBalancer.get().pick()) : Optional.empty();
    }
}
