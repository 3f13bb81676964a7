package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.upstream.Chance;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Probes;
import io.signalbox.routing.RandomValue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clusters in force, and those that are to take over and whose hosts are asked for the first time. What does not change
 * stays the same object, with its place in the round. Confined to the config thread.
 */
public final class LiveClusters {
    private record Built(ClusterConfig config, EndpointsConfig endpoints, Cluster cluster) {}

    private final Chance chance;
    private final Probes probes;
    private final Map<String, Built> warming = new HashMap<>();
    private Map<String, Built> active = Map.of();

    /** @param probes ask the hosts of clusters before these take over */
    public LiveClusters(RandomValue random, InstantSource clock, Probes probes) {
        this.chance = new Chance(random, clock);
        this.probes = probes;
    }

    /**
     * Whether the hosts of a cluster that is to take over have been probed once. Where they have not, the cluster is made
     * and {@link #update} lets them be probed. One that is in force already is not probed anew, as in Envoy.
     */
    boolean isProbed(ClusterConfig config, EndpointsConfig endpoints) {
        if (config.health().check().isEmpty() || find(active, config).isPresent()) {
            return true;
        }
        Built next = build(config, endpoints, find(warming, config).orElse(null));
        warming.put(config.name(), next);
        return probes.hasAsked(next.cluster);
    }

    /**
     * @param now what is in force from now on
     * @param next what is to take over
     */
    Map<String, Cluster> update(
            Collection<ClusterConfig> now,
            Collection<ClusterConfig> next,
            Function<ClusterConfig, EndpointsConfig> endpoints,
            Map<String, TlsCertificate> secrets) {
        Map<String, Built> after = new HashMap<>();
        for (ClusterConfig config : now) {
            Optional<Built> before = find(active, config).or(() -> find(warming, config));
            after.put(config.name(), build(config, endpoints.apply(config), before.orElse(null)));
        }
        active.forEach((name, before) -> retire(before, after.get(name)));
        active = after;
        warming.values().removeIf(built -> !next.contains(built.config));
        List<Cluster> all = new ArrayList<>();
        for (Map<String, Built> some : List.of(active, warming)) {
            some.values().forEach(built -> {
                built.cluster.show(shown(built.config, secrets));
                all.add(built.cluster);
            });
        }
        probes.follow(all);
        Map<String, Cluster> result = new HashMap<>();
        active.forEach((name, built) -> result.put(name, built.cluster));
        return result;
    }

    private static Optional<Built> find(Map<String, Built> among, ClusterConfig config) {
        return Optional.ofNullable(among.get(config.name())).filter(built -> built.config.equals(config));
    }

    private Built build(ClusterConfig config, EndpointsConfig endpoints, @Nullable Built before) {
        if (before != null && before.endpoints.equals(endpoints)) {
            return before;
        }
        Optional<Cluster> old = Optional.ofNullable(before).map(Built::cluster);
        return new Built(config, endpoints, Cluster.create(config, endpoints, old, chance));
    }

    private static void retire(Built before, @Nullable Built after) {
        if (after != before) {
            before.cluster.retireAllBut(Optional.ofNullable(after).map(Built::cluster));
        }
    }

    private static Optional<TlsCertificate> shown(ClusterConfig config, Map<String, TlsCertificate> secrets) {
        CertificateSource source =
                config.upstream().tls().flatMap(UpstreamConfig.Tls::certificate).orElse(null);
        if (source instanceof CertificateSource.Inline inline) {
            return Optional.of(inline.certificate());
        }
        return source instanceof CertificateSource.Sds sds
                ? Optional.ofNullable(secrets.get(sds.secretName()))
                : Optional.empty();
    }
}
