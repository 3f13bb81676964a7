package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ClusterConfig.Discovery.StrictDns;
import io.signalbox.dataplane.config.ClusterConfig.Family;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the host names of clusters stand for, looked up time and again. As in Envoy a name that is not found any more keeps
 * its last addresses, and a cluster waits for the first answers only, good or bad. Confined to the config thread.
 */
final class Lookups {
    /** The state of one cluster's names. */
    private static final class Watch {
        private final Map<String, List<InetAddress>> addresses = new HashMap<>();
        private Optional<EndpointsConfig> endpoints = Optional.empty();
    }

    private final Resolver resolver;
    private final Timers timers;
    private final Runnable changed;
    private final Map<StrictDns, Watch> watches = new HashMap<>();

    /** @param changed is called when the endpoints of a cluster are other ones */
    Lookups(Resolver resolver, Timers timers, Runnable changed) {
        this.resolver = resolver;
        this.timers = timers;
        this.changed = changed;
    }

    /** Looks these up from now on, and no others. */
    void follow(Set<StrictDns> wanted) {
        watches.keySet().retainAll(wanted);
        for (StrictDns dns : wanted) {
            if (!watches.containsKey(dns)) {
                Watch watch = new Watch();
                watches.put(dns, watch);
                lookUp(dns, watch);
            }
        }
    }

    /** Empty until every name has been looked up once. */
    Optional<EndpointsConfig> find(StrictDns dns) {
        Watch watch = watches.get(dns);
        return watch == null ? Optional.empty() : watch.endpoints;
    }

    private void lookUp(StrictDns dns, Watch watch) {
        if (watches.get(dns) != watch) {
            return;
        }
        Set<String> names = names(dns);
        Set<String> awaited = new LinkedHashSet<>(names);
        for (String name : names) {
            resolver.resolve(name, found -> {
                if (!found.isEmpty() || !watch.addresses.containsKey(name)) {
                    watch.addresses.put(name, List.copyOf(found));
                }
                if (awaited.remove(name) && awaited.isEmpty()) {
                    answered(dns, watch);
                }
            });
        }
        if (names.isEmpty()) {
            watch.endpoints = Optional.of(dns.endpoints());
        }
    }

    private static Set<String> names(StrictDns dns) {
        Set<String> names = new LinkedHashSet<>();
        for (Endpoint endpoint : dns.endpoints().endpoints()) {
            if (endpoint.address().isUnresolved()) {
                names.add(endpoint.address().getHostString());
            }
        }
        return names;
    }

    private void answered(StrictDns dns, Watch watch) {
        timers.schedule(dns.refresh(), () -> lookUp(dns, watch));
        Optional<EndpointsConfig> now = Optional.of(endpoints(dns, watch));
        if (!now.equals(watch.endpoints)) {
            watch.endpoints = now;
            if (watches.get(dns) == watch) {
                changed.run();
            }
        }
    }

    private static EndpointsConfig endpoints(StrictDns dns, Watch watch) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint : dns.endpoints().endpoints()) {
            InetSocketAddress address = endpoint.address();
            if (!address.isUnresolved()) {
                endpoints.add(endpoint);
                continue;
            }
            List<InetAddress> all = watch.addresses.getOrDefault(address.getHostString(), List.of());
            for (InetAddress one : chosen(all, dns.family())) {
                endpoints.add(endpoint.at(new InetSocketAddress(one, address.getPort())));
            }
        }
        return new EndpointsConfig(endpoints, dns.endpoints().localityWeights());
    }

    private static List<InetAddress> chosen(List<InetAddress> all, Family family) {
        List<InetAddress> v4 =
                all.stream().filter(Inet4Address.class::isInstance).toList();
        List<InetAddress> v6 = all.stream().filter(a -> !v4.contains(a)).toList();
        return switch (family) {
            case V4_ONLY -> v4;
            case V6_ONLY -> v6;
            case V4_PREFERRED -> v4.isEmpty() ? v6 : v4;
            case V6_PREFERRED -> v6.isEmpty() ? v4 : v6;
            case ALL -> all;
        };
    }
}
