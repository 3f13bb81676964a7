package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.Family;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.ClusterConfig.SlowStart;
import io.signalbox.dataplane.config.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code envoy.config.cluster.v3.Cluster}. */
public final class ClusterParser {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_DNS_REFRESH = Duration.ofSeconds(5);
    private static final int DEFAULT_CHOICES = 2;
    private static final double DEFAULT_MIN_WEIGHT = 10;

    private ClusterParser() {}

    /** A cluster that requests are sent to: endpoints static, from EDS or looked up. */
    public static ClusterConfig parse(Cluster proto) throws InvalidResource {
        SupportedFields.check("", proto);
        return config(proto, discovery(proto));
    }

    /** The cluster of the control plane, which gRPC and not the proxy connects to. */
    public static ClusterConfig parseAdsCluster(Cluster proto) throws InvalidResource {
        SupportedFields.check("", proto);
        httpOptions(proto);
        return config(
                proto,
                switch (proto.getType()) {
                    case STATIC -> discovery(proto);
                    case STRICT_DNS, LOGICAL_DNS -> controlPlane(proto);
                    default ->
                        throw new InvalidResource(
                                "type: " + proto.getType() + " cannot be the cluster of the control plane");
                });
    }

    /** How often to ping an idle control plane; zero for never. */
    public static Duration keepAlive(Cluster proto) throws InvalidResource {
        return Protos.duration(httpOptions(proto)
                .getExplicitHttpConfig()
                .getHttp2ProtocolOptions()
                .getConnectionKeepalive()
                .getInterval());
    }

    private static ClusterConfig config(Cluster proto, Discovery discovery) throws InvalidResource {
        if (proto.getName().isEmpty()) {
            throw new InvalidResource("name is required");
        }
        return new ClusterConfig(
                proto.getName(),
                discovery,
                proto.hasConnectTimeout() ? Protos.duration(proto.getConnectTimeout()) : DEFAULT_CONNECT_TIMEOUT,
                LimitsParser.parse(
                        proto.getCircuitBreakers(), httpOptions(proto).getCommonHttpProtocolOptions()),
                loadBalancing(proto),
                SpreadParser.parse(proto),
                UpstreamParser.parse(proto, httpOptions(proto)),
                HealthParser.parse(proto));
    }

    private static Discovery discovery(Cluster proto) throws InvalidResource {
        return switch (proto.getType()) {
            case STATIC -> new Discovery.Static(EndpointsParser.parse("load_assignment", proto.getLoadAssignment()));
            case EDS -> eds(proto);
            case STRICT_DNS -> dns(proto);
            default -> throw new InvalidResource("type: " + proto.getType() + " is not supported");
        };
    }

    private static Discovery eds(Cluster proto) throws InvalidResource {
        Protos.requireAds(
                "eds_cluster_config.eds_config", proto.getEdsClusterConfig().getEdsConfig());
        String service = proto.getEdsClusterConfig().getServiceName();
        return new Discovery.Eds(service.isEmpty() ? proto.getName() : service);
    }

    private static Discovery dns(Cluster proto) throws InvalidResource {
        Duration refresh = proto.hasDnsRefreshRate() ? Protos.duration(proto.getDnsRefreshRate()) : DEFAULT_DNS_REFRESH;
        Family family = switch (proto.getDnsLookupFamily()) {
            case AUTO -> Family.V6_PREFERRED;
            case V4_ONLY -> Family.V4_ONLY;
            case V6_ONLY -> Family.V6_ONLY;
            case V4_PREFERRED -> Family.V4_PREFERRED;
            case ALL -> Family.ALL;
            default -> throw new InvalidResource("dns_lookup_family is not known");
        };
        return new Discovery.StrictDns(
                EndpointsParser.parseWithNames("load_assignment", proto.getLoadAssignment()), family, refresh);
    }

    private static Discovery controlPlane(Cluster proto) throws InvalidResource {
        List<HostPort> replicas = new ArrayList<>();
        for (var locality : proto.getLoadAssignment().getEndpointsList()) {
            for (var endpoint : locality.getLbEndpointsList()) {
                SocketAddress address = Addresses.socketAddress(
                        "load_assignment.endpoints[].lb_endpoints[" + replicas.size() + "].endpoint.address",
                        endpoint.getEndpoint().getAddress());
                replicas.add(new HostPort(address.getAddress(), address.getPortValue()));
            }
        }
        if (replicas.isEmpty()) {
            throw new InvalidResource("load_assignment: a DNS cluster needs an endpoint");
        }
        return new Discovery.ControlPlane(replicas);
    }

    private static LoadBalancing loadBalancing(Cluster proto) throws InvalidResource {
        return switch (proto.getLbPolicy()) {
            case ROUND_ROBIN ->
                new LoadBalancing.RoundRobin(slowStart(
                        proto.getRoundRobinLbConfig().hasSlowStartConfig(),
                        proto.getRoundRobinLbConfig().getSlowStartConfig()));
            case RANDOM -> new LoadBalancing.Random();
            case LEAST_REQUEST -> leastRequest(proto.getLeastRequestLbConfig());
            case RING_HASH -> HashTableParser.ring(proto.getRingHashLbConfig());
            case MAGLEV -> HashTableParser.maglev(proto.getMaglevLbConfig());
            default -> throw new InvalidResource("lb_policy: " + proto.getLbPolicy() + " is not supported");
        };
    }

    private static LoadBalancing leastRequest(Cluster.LeastRequestLbConfig proto) throws InvalidResource {
        int choices = proto.hasChoiceCount() ? proto.getChoiceCount().getValue() : DEFAULT_CHOICES;
        if (choices < 2) {
            throw new InvalidResource("least_request_lb_config.choice_count: " + choices + " (expected: 2 or more)");
        }
        double bias =
                proto.hasActiveRequestBias() ? proto.getActiveRequestBias().getDefaultValue() : 1.0;
        return new LoadBalancing.LeastRequest(
                choices, bias, slowStart(proto.hasSlowStartConfig(), proto.getSlowStartConfig()));
    }

    private static Optional<SlowStart> slowStart(boolean present, Cluster.SlowStartConfig proto)
            throws InvalidResource {
        if (!present) {
            return Optional.empty();
        }
        double aggression = proto.hasAggression() ? proto.getAggression().getDefaultValue() : 1;
        double percent =
                proto.hasMinWeightPercent() ? proto.getMinWeightPercent().getValue() : DEFAULT_MIN_WEIGHT;
        if (!(aggression > 0) || !(percent >= 0 && percent <= 100)) {
            throw new InvalidResource("slow_start_config: aggression " + aggression + ", min_weight_percent " + percent
                    + " (expected: above 0, 0 to 100)");
        }
        return Optional.of(new SlowStart(Protos.duration(proto.getSlowStartWindow()), aggression, percent / 100));
    }

    private static HttpProtocolOptions httpOptions(Cluster proto) throws InvalidResource {
        HttpProtocolOptions options = HttpProtocolOptions.getDefaultInstance();
        for (Map.Entry<String, Any> extension :
                proto.getTypedExtensionProtocolOptionsMap().entrySet()) {
            if (!extension.getKey().equals(HTTP_OPTIONS)) {
                throw new InvalidResource(
                        "typed_extension_protocol_options: " + extension.getKey() + " is not supported");
            }
            options =
                    Protos.unpack("typed_extension_protocol_options", extension.getValue(), HttpProtocolOptions.class);
        }
        return options;
    }
}
