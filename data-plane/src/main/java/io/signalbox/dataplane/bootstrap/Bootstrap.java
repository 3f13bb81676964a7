package io.signalbox.dataplane.bootstrap;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.HostPort;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.stats.HistogramBounds;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bootstrap says.
 *
 * @param node who we are to the control plane, sent as it was read
 * @param secrets the static ones, by name
 * @param loadReports who is told of the load on clusters
 * @param metrics who is told of what is counted
 */
public record Bootstrap(
        Node node,
        Optional<InetSocketAddress> admin,
        List<ClusterConfig> clusters,
        List<ListenerConfig> listeners,
        Map<String, TlsCertificate> secrets,
        Optional<Ads> ads,
        Optional<Server> loadReports,
        HistogramBounds histogramBounds,
        Optional<MetricsSink> metrics) {
    public Bootstrap {
        clusters = List.copyOf(clusters);
        listeners = List.copyOf(listeners);
        secrets = Map.copyOf(secrets);
    }

    /**
     * Where a control plane is.
     *
     * @param replicas at least one; each will do
     * @param keepAlive how often to ping; zero for never
     */
    public record Server(List<HostPort> replicas, Duration keepAlive) {
        public Server {
            replicas = List.copyOf(replicas);
        }
    }

    /** @param interval from one message to the next */
    public record MetricsSink(Server server, Duration interval) {}

    /**
     * Who gives the config.
     *
     * @param clusters whether clusters come from it
     * @param listeners whether listeners come from it
     */
    public record Ads(Server server, boolean clusters, boolean listeners) {}
}
