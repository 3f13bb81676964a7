package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.TlsConfig;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.routing.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The config in force at one moment; immutable. What is still warming is not in it.
 *
 * @param clusters by name
 * @param routes those that came by RDS, by name
 * @param listeners those that serve, by name
 */
public record Snapshot(
        Map<String, Cluster> clusters, Map<String, RouteTable> routes, Map<String, ServingListener> listeners) {
    public static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of());

    public Snapshot {
        clusters = Map.copyOf(clusters);
        routes = Map.copyOf(routes);
        listeners = Map.copyOf(listeners);
    }

    /**
     * @param certificates for each chain, in their order, the certificates it has, the default first; may be empty where
     *     there is TLS and none has come in time, and then no connection succeeds
     */
    public record ServingListener(ListenerConfig config, List<List<TlsCertificate>> certificates) {
        public ServingListener {
            certificates = List.copyOf(certificates);
        }

        /** @param secrets what has come by SDS, by name */
        static ServingListener of(ListenerConfig config, Map<String, TlsCertificate> secrets) {
            return new ServingListener(
                    config,
                    config.chains().stream()
                            .map(chain -> chain.tls()
                                    .map(tls -> certificates(tls, secrets))
                                    .orElse(List.of()))
                            .toList());
        }

        private static List<TlsCertificate> certificates(TlsConfig tls, Map<String, TlsCertificate> secrets) {
            List<TlsCertificate> certificates = new ArrayList<>();
            for (CertificateSource source : tls.certificates()) {
                if (source instanceof CertificateSource.Inline inline) {
                    certificates.add(inline.certificate());
                } else if (source instanceof CertificateSource.Sds sds && secrets.get(sds.secretName()) != null) {
                    certificates.add(secrets.get(sds.secretName()));
                }
            }
            return certificates;
        }
    }
}
