package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.dataplane.config.EndpointsConfig.Place;
import io.signalbox.dataplane.config.TlsCertificate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A cluster that takes requests: its hosts at one point of the config. Safe for use by any thread. */
public final class Cluster {
    private final ClusterConfig config;
    private final Transport transport;
    private final Map<InetSocketAddress, Host> hosts;
    private final List<Member> members;
    private final Balancing balancing;
    private volatile HostChoice choice;

    private Cluster(
            ClusterConfig config,
            Transport transport,
            Map<InetSocketAddress, Host> hosts,
            List<Member> members,
            Balancing balancing) {
        this.config = config;
        this.transport = transport;
        this.hosts = hosts;
        this.members = List.copyOf(members);
        this.balancing = balancing;
        this.choice = HostChoice.of(this.members, balancing);
    }

    /**
     * @param before the cluster of that name until now: if its config is the same, hosts that stay keep their connections
     *     and their health; those that go are retired with {@link #retireAllBut}
     */
    public static Cluster create(
            ClusterConfig config, EndpointsConfig endpoints, Optional<Cluster> before, Chance chance) {
        Optional<Cluster> same = before.filter(c -> c.config.equals(config));
        Transport transport = same.map(c -> c.transport).orElseGet(() -> new Transport(config));
        Map<InetSocketAddress, Host> hosts = new LinkedHashMap<>();
        List<Member> members = new ArrayList<>();
        for (Endpoint endpoint : endpoints.endpoints()) {
            if (hosts.containsKey(endpoint.address())) {
                continue;
            }
            Host host = same.map(c -> c.hosts.get(endpoint.address()))
                    .orElseGet(() -> new Host(endpoint.address(), transport, chance.now()));
            hosts.put(endpoint.address(), host);
            members.add(new Member(host, endpoint));
        }
        return new Cluster(
                config, transport, hosts, members, new Balancing(config, endpoints.localityWeights(), chance));
    }

    /** Tells the hosts that are no longer in use that they are not. */
    public void retireAllBut(Optional<Cluster> after) {
        for (Host host : hosts.values()) {
            if (after.isEmpty() || after.get().hosts.get(host.address()) != host) {
                host.retire();
            }
        }
    }

    /** The health of a host has changed. */
    synchronized void healthChanged() {
        choice = HostChoice.of(members, balancing);
    }

    public String name() {
        return config.name();
    }

    public Duration connectTimeout() {
        return config.connectTimeout();
    }

    /** Shows endpoints this certificate on new connections; a rotated one closes none. */
    public void show(Optional<TlsCertificate> certificate) {
        transport.show(certificate);
    }

    Transport transport() {
        return transport;
    }

    ClusterConfig config() {
        return config;
    }

    public Collection<Host> hosts() {
        return hosts.values();
    }

    /** Whether the request's hash decides, so that clients are given the cookies it is made of. */
    public boolean choosesByHash() {
        return config.loadBalancing().byHash();
    }

    /** What its hosts were sent since this was last asked. */
    public ClusterLoad takeLoad() {
        Map<Place, ClusterLoad.Counts> places = new LinkedHashMap<>();
        for (Member member : members) {
            ClusterLoad.Counts counts = member.host().load().take();
            if (!counts.isZero()) {
                places.merge(member.endpoint().place(), counts, ClusterLoad.Counts::plus);
            }
        }
        return new ClusterLoad(places, transport.usage().takeDropped());
    }

    /** A request is to be tried again; false if the cluster's limits do not allow it. */
    public boolean startRetry() {
        return transport.usage().startRetry();
    }

    /** What {@link #startRetry()} began is over. */
    public void endRetry() {
        transport.usage().endRetry();
    }

    /** Empty when there is no host to send a request to. */
    public Optional<Host> pick() {
        return pick(OptionalLong.empty());
    }

    /** @param hash of the request, for policies that look at it */
    public Optional<Host> pick(OptionalLong hash) {
        return pick(Map.of(), hash);
    }

    /** @param labels that the host must have, where the cluster chooses by labels; none for any host */
    public Optional<Host> pick(Map<String, String> labels, OptionalLong hash) {
        return choice.pick(labels, hash);
    }
}
