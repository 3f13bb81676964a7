package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery.StrictDns;
import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.HttpConfig.RouteSource;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsConfig;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What resources refer to, by name. */
final class References {
    private References() {}

    static Set<String> endpoints(Collection<ClusterConfig> clusters) {
        Set<String> names = new HashSet<>();
        clusters.forEach(cluster -> names.addAll(endpoints(cluster)));
        return names;
    }

    static Set<String> endpoints(ClusterConfig cluster) {
        return cluster.edsName().map(Set::of).orElse(Set.of());
    }

    /** Certificates that endpoints are shown. */
    static Set<String> secretsOfClusters(Collection<ClusterConfig> clusters) {
        Set<String> names = new HashSet<>();
        clusters.forEach(cluster -> cluster.upstream().secretName().ifPresent(names::add));
        return names;
    }

    static Set<StrictDns> names(Collection<ClusterConfig> clusters) {
        Set<StrictDns> names = new HashSet<>();
        for (ClusterConfig cluster : clusters) {
            if (cluster.discovery() instanceof StrictDns dns) {
                names.add(dns);
            }
        }
        return names;
    }

    static Set<String> routes(Collection<ListenerConfig> listeners) {
        Set<String> names = new HashSet<>();
        listeners.forEach(listener -> names.addAll(routes(listener)));
        return names;
    }

    static Set<String> routes(ListenerConfig listener) {
        Set<String> names = new HashSet<>();
        for (FilterChainConfig chain : listener.chains()) {
            if (chain.filter() instanceof HttpConfig http && http.routes() instanceof RouteSource.Rds rds) {
                names.add(rds.name());
            }
        }
        return names;
    }

    static Set<String> secrets(Collection<ListenerConfig> listeners) {
        Set<String> names = new HashSet<>();
        listeners.forEach(listener -> names.addAll(secrets(listener)));
        return names;
    }

    static Set<String> secrets(ListenerConfig listener) {
        Set<String> names = new HashSet<>();
        for (FilterChainConfig chain : listener.chains()) {
            chain.tls().ifPresent(tls -> names.addAll(secrets(tls)));
        }
        return names;
    }

    private static Set<String> secrets(TlsConfig tls) {
        Set<String> names = new HashSet<>();
        for (CertificateSource source : tls.certificates()) {
            if (source instanceof CertificateSource.Sds sds) {
                names.add(sds.secretName());
            }
        }
        return names;
    }
}
