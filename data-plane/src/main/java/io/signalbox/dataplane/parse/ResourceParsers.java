package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RouteTable;

/** One parser for each type of resource that ADS brings. */
public final class ResourceParsers {
    private ResourceParsers() {}

    public static ClusterConfig cluster(Any any) throws InvalidResource {
        return ClusterParser.parse(Protos.decode("resource", any, Cluster.class));
    }

    public static ListenerConfig listener(Any any) throws InvalidResource {
        return ListenerParser.parse(Protos.decode("resource", any, Listener.class));
    }

    /** Whether it is a listener that is known and not served. */
    public static boolean isHttp3(Any any) throws InvalidResource {
        return ListenerParser.isHttp3(Protos.decode("resource", any, Listener.class));
    }

    public static EndpointsConfig endpoints(Any any) throws InvalidResource {
        return EndpointsParser.parse("", Protos.decode("resource", any, ClusterLoadAssignment.class));
    }

    public static TlsCertificate secret(Any any) throws InvalidResource {
        return CertificateParser.parseSecret(Protos.decode("resource", any, Secret.class));
    }

    public static RouteTable routes(Any any) throws InvalidResource {
        try {
            return RouteTable.parse(
                    Protos.decode("resource", any, RouteConfiguration.class), FilterConfigParser.OF_ROUTE);
        } catch (InvalidRouteConfiguration e) {
            throw new InvalidResource("route configuration: " + e.getMessage(), e);
        }
    }
}
