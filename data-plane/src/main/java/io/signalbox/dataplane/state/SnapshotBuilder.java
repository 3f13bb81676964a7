package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.state.Snapshot.ServingListener;
import io.signalbox.dataplane.upstream.Chance;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.RouteTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes snapshots, and takes over from the last one what has not changed: clusters with their place in the round. */
public final class SnapshotBuilder {
    private record Built(ClusterConfig config, EndpointsConfig endpoints, Cluster cluster) {}

    private final RandomValue random;
    private final Clock clock;
    private Map<String, Built> built = Map.of();

    public SnapshotBuilder(RandomValue random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    Snapshot build(
            Collection<ClusterConfig> clusters,
            Function<ClusterConfig, EndpointsConfig> endpoints,
            Collection<ListenerConfig> listeners,
            Map<String, RouteTable> routes,
            Map<String, TlsCertificate> secrets) {
        Map<String, ServingListener> serving = new HashMap<>();
        for (ListenerConfig listener : listeners) {
            serving.put(
                    listener.name(),
                    new ServingListener(
                            listener,
                            listener.chains().stream()
                                    .map(chain -> certificates(chain, secrets))
                                    .toList()));
        }
        Snapshot snapshot = new Snapshot(clusters(clusters, endpoints), routes, serving);
        built.values().forEach(b -> b.cluster.show(shown(b.config, secrets)));
        return snapshot;
    }

    private Map<String, Cluster> clusters(
            Collection<ClusterConfig> configs, Function<ClusterConfig, EndpointsConfig> endpoints) {
        Map<String, Built> next = new HashMap<>();
        for (ClusterConfig config : configs) {
            next.put(config.name(), build(config, endpoints.apply(config)));
        }
        built.forEach((name, before) -> {
            Built after = next.get(name);
            if (after != before) {
                before.cluster.retireAllBut(Optional.ofNullable(after).map(Built::cluster));
            }
        });
        built = next;
        Map<String, Cluster> result = new HashMap<>();
        next.forEach((name, b) -> result.put(name, b.cluster));
        return result;
    }

    private Built build(ClusterConfig config, EndpointsConfig endpoints) {
        Built before = built.get(config.name());
        if (before != null && before.config.equals(config) && before.endpoints.equals(endpoints)) {
            return before;
        }
        Optional<Cluster> old = Optional.ofNullable(before).map(Built::cluster);
        return new Built(config, endpoints, Cluster.create(config, endpoints, old, new Chance(random, clock)));
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

    private static List<TlsCertificate> certificates(FilterChainConfig chain, Map<String, TlsCertificate> secrets) {
        List<TlsCertificate> certificates = new ArrayList<>();
        if (chain.tls().isPresent()) {
            for (CertificateSource source : chain.tls().get().certificates()) {
                if (source instanceof CertificateSource.Inline inline) {
                    certificates.add(inline.certificate());
                } else if (source instanceof CertificateSource.Sds sds && secrets.get(sds.secretName()) != null) {
                    certificates.add(secrets.get(sds.secretName()));
                }
            }
        }
        return certificates;
    }
}
