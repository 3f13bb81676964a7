package io.signalbox.dataplane.bootstrap;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.HostPort;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.parse.Addresses;
import io.signalbox.dataplane.parse.BootstrapFields;
import io.signalbox.dataplane.parse.CertificateParser;
import io.signalbox.dataplane.parse.ClusterParser;
import io.signalbox.dataplane.parse.InvalidResource;
import io.signalbox.dataplane.parse.ListenerParser;
import io.signalbox.dataplane.parse.StatsParser;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an Envoy bootstrap.
 *
 * <p>A bootstrap for state-of-the-world xDS ({@code api_type: GRPC}) is accepted like one for delta ({@code DELTA_GRPC});
 * in both cases delta is what this data plane speaks, since a server that speaks xDS v3 is expected to serve both on the
 * same port. Servers that have no delta ADS are not supported.
 */
public final class BootstrapParser {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapParser.class);

    private BootstrapParser() {}

    /**
     * @throws InvalidResource when the file cannot be read, is not a bootstrap, or asks for what is not supported; the
     *     message names the field
     */
    public static Bootstrap parse(Path file) throws InvalidResource {
        return parse(ProtoYaml.read(file));
    }

    private static Bootstrap parse(io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto) throws InvalidResource {
        BootstrapFields.check(proto);
        var fixed = proto.getStaticResources();
        Optional<String> adsCluster = proto.getDynamicResources().hasAdsConfig()
                ? Optional.of(clusterOf(
                        "dynamic_resources.ads_config",
                        proto.getDynamicResources().getAdsConfig()))
                : Optional.empty();
        Optional<Bootstrap.Ads> ads = Optional.empty();
        List<ClusterConfig> clusters = new ArrayList<>();
        for (int i = 0; i < fixed.getClustersCount(); i++) {
            Cluster cluster = fixed.getClusters(i);
            String at = "static_resources.clusters[" + i + "]";
            if (adsCluster.isPresent() && adsCluster.get().equals(cluster.getName())) {
                ads = Optional.of(ads(proto, cluster));
            } else {
                clusters.add(at(at, () -> ClusterParser.parse(cluster)));
            }
        }
        if (adsCluster.isPresent() && ads.isEmpty()) {
            throw new InvalidResource(
                    "dynamic_resources.ads_config: there is no static cluster \"" + adsCluster.get() + "\"");
        }
        if (ads.isPresent()
                && (proto.getNode().getId().isEmpty()
                        || proto.getNode().getCluster().isEmpty())) {
            throw new InvalidResource("node.id and node.cluster are required with ADS");
        }
        return new Bootstrap(
                node(proto.getNode()),
                admin(proto),
                clusters,
                listeners(fixed.getListenersList()),
                secrets(fixed.getSecretsList()),
                ads,
                loadReports(proto),
                StatsParser.bounds(proto),
                metrics(proto));
    }

    private static Optional<Bootstrap.Server> loadReports(io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto)
            throws InvalidResource {
        if (!proto.getClusterManager().hasLoadStatsConfig()) {
            return Optional.empty();
        }
        String at = "cluster_manager.load_stats_config";
        ApiConfigSource source = proto.getClusterManager().getLoadStatsConfig();
        if (source.getApiType() != ApiType.GRPC) {
            throw new InvalidResource(at + ".api_type: " + source.getApiType() + " (expected: GRPC)");
        }
        return Optional.of(server(proto, at, clusterOf(at, source)));
    }

    private static Optional<Bootstrap.MetricsSink> metrics(io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto)
            throws InvalidResource {
        Optional<String> cluster = StatsParser.metricsCluster(proto);
        if (cluster.isEmpty()) {
            return Optional.empty();
        }
        Bootstrap.Server server = server(proto, "stats_sinks", cluster.get());
        return Optional.of(new Bootstrap.MetricsSink(server, StatsParser.interval(proto)));
    }

    private static Bootstrap.Server server(
            io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto, String at, String name) throws InvalidResource {
        for (Cluster cluster : proto.getStaticResources().getClustersList()) {
            if (cluster.getName().equals(name)) {
                return at("static_resources.clusters: " + name, () -> server(cluster));
            }
        }
        throw new InvalidResource(at + ": there is no static cluster \"" + name + "\"");
    }

    private static Node node(Node proto) {
        return proto.getUserAgentName().isEmpty()
                ? proto.toBuilder().setUserAgentName("signalbox").build()
                : proto;
    }

    private static Optional<InetSocketAddress> admin(io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto)
            throws InvalidResource {
        return proto.getAdmin().hasAddress()
                ? Optional.of(Addresses.parse("admin.address", proto.getAdmin().getAddress()))
                : Optional.empty();
    }

    private static List<ListenerConfig> listeners(List<Listener> protos) throws InvalidResource {
        List<ListenerConfig> listeners = new ArrayList<>();
        for (int i = 0; i < protos.size(); i++) {
            // Envoy gives a nameless static listener a random name.
            Listener named = protos.get(i).getName().isEmpty()
                    ? protos.get(i).toBuilder().setName("listener-" + i).build()
                    : protos.get(i);
            if (ListenerParser.isHttp3(named)) {
                LOG.warn("listener {}: HTTP/3 is not served here; clients are served over TCP", named.getName());
            } else {
                listeners.add(at("static_resources.listeners[" + i + "]", () -> ListenerParser.parse(named)));
            }
        }
        return listeners;
    }

    private static Map<String, TlsCertificate> secrets(List<Secret> protos) throws InvalidResource {
        Map<String, TlsCertificate> secrets = new HashMap<>();
        for (int i = 0; i < protos.size(); i++) {
            Secret secret = protos.get(i);
            secrets.put(
                    secret.getName(),
                    at("static_resources.secrets[" + i + "]", () -> CertificateParser.parseSecret(secret)));
        }
        return secrets;
    }

    private static String clusterOf(String at, ApiConfigSource proto) throws InvalidResource {
        if (proto.getApiType() != ApiType.GRPC && proto.getApiType() != ApiType.DELTA_GRPC) {
            throw new InvalidResource(at + ".api_type: " + proto.getApiType() + " (expected: GRPC or DELTA_GRPC)");
        }
        if (proto.getGrpcServicesCount() == 0 || !proto.getGrpcServices(0).hasEnvoyGrpc()) {
            throw new InvalidResource(at + ".grpc_services: an envoy_grpc service is required");
        }
        return proto.getGrpcServices(0).getEnvoyGrpc().getClusterName();
    }

    private static Bootstrap.Ads ads(io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap proto, Cluster cluster)
            throws InvalidResource {
        var dynamic = proto.getDynamicResources();
        requireAds("dynamic_resources.cds_config", dynamic.hasCdsConfig(), dynamic.getCdsConfig());
        requireAds("dynamic_resources.lds_config", dynamic.hasLdsConfig(), dynamic.getLdsConfig());
        Bootstrap.Server server = at("static_resources.clusters: " + cluster.getName(), () -> server(cluster));
        return new Bootstrap.Ads(server, dynamic.hasCdsConfig(), dynamic.hasLdsConfig());
    }

    private static Bootstrap.Server server(Cluster cluster) throws InvalidResource {
        Discovery where = ClusterParser.parseAdsCluster(cluster).discovery();
        if (where instanceof Discovery.ControlPlane named) {
            return new Bootstrap.Server(named.replicas(), ClusterParser.keepAlive(cluster));
        }
        if (where instanceof Discovery.Static fixed
                && !fixed.endpoints().endpoints().isEmpty()) {
            List<HostPort> replicas = fixed.endpoints().endpoints().stream()
                    .map(endpoint -> endpoint.address())
                    .map(address -> new HostPort(address.getAddress().getHostAddress(), address.getPort()))
                    .toList();
            return new Bootstrap.Server(replicas, ClusterParser.keepAlive(cluster));
        }
        throw new InvalidResource("load_assignment: an endpoint is required");
    }

    private static void requireAds(String at, boolean present, ConfigSource source) throws InvalidResource {
        if (present && !source.hasAds()) {
            throw new InvalidResource(at + ": only ads is supported");
        }
    }

    private interface Parse<T> {
        T parse() throws InvalidResource;
    }

    private static <T> T at(String path, Parse<T> parse) throws InvalidResource {
        try {
            return parse.parse();
        } catch (InvalidResource e) {
            throw new InvalidResource(path + ": " + e.getMessage(), e);
        }
    }
}
