package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.Map;
import java.util.Objects;

/** Resources as a bootstrap that needs no control plane: what would come over ADS stands in its place. */
public final class StaticBootstrap {
    private final XdsResources resources;

    private StaticBootstrap(XdsResources resources) {
        this.resources = resources;
    }

    /** JSON, of which YAML is a superset. */
    public static String of(XdsResources resources) throws InvalidProtocolBufferException {
        return ProtoJson.print(new StaticBootstrap(resources).bootstrap());
    }

    private Bootstrap bootstrap() throws InvalidProtocolBufferException {
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        bootstrap.getNodeBuilder().setId("test").setCluster("test");
        bootstrap
                .getAdminBuilder()
                .getAddressBuilder()
                .getSocketAddressBuilder()
                .setAddress("127.0.0.1")
                .setPortValue(0);
        Bootstrap.StaticResources.Builder all = bootstrap.getStaticResourcesBuilder();
        for (Map.Entry<String, Message> cluster : ofType(ResourceType.CLUSTER).entrySet()) {
            all.addClusters(fixed(cluster.getKey(), (Cluster) cluster.getValue()));
        }
        ofType(ResourceType.SECRET).values().forEach(secret -> all.addSecrets((Secret) secret));
        for (Map.Entry<String, Message> listener : ofType(ResourceType.LISTENER).entrySet()) {
            all.addListeners(fixed(listener.getKey(), (Listener) listener.getValue()));
        }
        return bootstrap.build();
    }

    private Cluster fixed(String name, Cluster cluster) throws InvalidProtocolBufferException {
        Cluster.Builder fixed = cluster.toBuilder();
        if (cluster.hasTransportSocket()) {
            UpstreamTlsContext.Builder tls =
                    cluster.getTransportSocket().getTypedConfig().unpack(UpstreamTlsContext.class).toBuilder();
            tls.getCommonTlsContextBuilder()
                    .getTlsCertificateSdsSecretConfigsBuilderList()
                    .forEach(secret -> secret.clearSdsConfig());
            fixed.getTransportSocketBuilder().setTypedConfig(Any.pack(tls.build()));
        }
        if (cluster.getType() != Cluster.DiscoveryType.EDS) {
            return fixed.build();
        }
        return fixed.clearEdsClusterConfig()
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment((ClusterLoadAssignment) get(ResourceType.ENDPOINT, name))
                .build();
    }

    private Listener fixed(String name, Listener listener) throws InvalidProtocolBufferException {
        Listener.Builder fixed = listener.toBuilder();
        for (FilterChain.Builder chain : fixed.getFilterChainsBuilderList()) {
            fix(chain);
        }
        return fixed.build();
    }

    private void fix(FilterChain.Builder chain) throws InvalidProtocolBufferException {
        for (Filter.Builder filter : chain.getFiltersBuilderList()) {
            if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
                HttpConnectionManager manager = filter.getTypedConfig().unpack(HttpConnectionManager.class);
                String routes = manager.getRds().getRouteConfigName();
                filter.setTypedConfig(Any.pack(manager.toBuilder()
                        .setRouteConfig((RouteConfiguration) get(ResourceType.ROUTE, routes))
                        .build()));
            }
        }
        if (chain.hasTransportSocket()) {
            Any socket = chain.getTransportSocket().getTypedConfig();
            chain.getTransportSocketBuilder().setTypedConfig(fixed(socket));
        }
    }

    private static Any fixed(Any socket) throws InvalidProtocolBufferException {
        if (socket.is(QuicDownstreamTransport.class)) {
            QuicDownstreamTransport.Builder quic = socket.unpack(QuicDownstreamTransport.class).toBuilder();
            return Any.pack(quic.setDownstreamTlsContext(fixed(quic.getDownstreamTlsContext()))
                    .build());
        }
        return Any.pack(fixed(socket.unpack(DownstreamTlsContext.class)));
    }

    /** Without a source a secret's name means one of the bootstrap's own. */
    private static DownstreamTlsContext fixed(DownstreamTlsContext context) {
        DownstreamTlsContext.Builder tls = context.toBuilder();
        tls.getCommonTlsContextBuilder()
                .getTlsCertificateSdsSecretConfigsBuilderList()
                .forEach(secret -> secret.clearSdsConfig());
        return tls.build();
    }

    private Map<String, Message> ofType(ResourceType type) {
        return Objects.requireNonNull(resources.byType().get(type));
    }

    private Message get(ResourceType type, String name) {
        return Objects.requireNonNull(ofType(type).get(name));
    }
}
