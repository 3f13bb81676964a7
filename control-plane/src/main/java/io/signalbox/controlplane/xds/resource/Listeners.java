package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.signalbox.controlplane.compile.ResolvedListener;
import java.util.List;

/**
 * A listener names its routes and certificates and holds none of them: a listener that changes closes its connections.
 *
 * <p>Limits and timeouts are those of "Configuring Envoy as an edge proxy"
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge). Its {@code request_timeout}, which
 * ends long uploads, is not taken over, nor is the refusal of header names with underscores, which users may want to route
 * by.
 */
final class Listeners {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final Duration CONNECTION_IDLE = Durations.fromHours(1);
    private static final Duration STREAM_IDLE = Durations.fromMinutes(5);
    private static final Duration REQUEST_HEADERS = Durations.fromSeconds(30);
    private static final Duration HANDSHAKE = Durations.fromSeconds(15);
    private static final Http2ProtocolOptions HTTP2 = Http2ProtocolOptions.newBuilder()
            .setMaxConcurrentStreams(UInt32Value.of(100))
            .setInitialStreamWindowSize(UInt32Value.of(64 * 1024))
            .setInitialConnectionWindowSize(UInt32Value.of(1024 * 1024))
            .build();

    private Listeners() {}

    static Listener listener(ResolvedListener listener) {
        FilterChain.Builder chain = FilterChain.newBuilder()
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Any.pack(connectionManager(listener.name()))));
        if (!listener.certificates().isEmpty()) {
            chain.setTransportSocket(tls(listener.certificates())).setTransportSocketConnectTimeout(HANDSHAKE);
        }
        return Listener.newBuilder()
                .setName(listener.name())
                .setAddress(Clusters.address(listener.address(), listener.port()))
                .setPerConnectionBufferLimitBytes(UInt32Value.of(BUFFER_BYTES))
                .addFilterChains(chain)
                .build();
    }

    private static HttpConnectionManager connectionManager(String name) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRds(Rds.newBuilder().setConfigSource(ConfigSources.ADS).setRouteConfigName(name))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .setUseRemoteAddress(BoolValue.of(true))
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_REDIRECT)
                .setCommonHttpProtocolOptions(HttpProtocolOptions.newBuilder().setIdleTimeout(CONNECTION_IDLE))
                .setStreamIdleTimeout(STREAM_IDLE)
                .setRequestHeadersTimeout(REQUEST_HEADERS)
                .setHttp2ProtocolOptions(HTTP2)
                .build();
    }

    /** One chain with all certificates: Envoy picks by SNI among them, and falls back to the first. */
    private static TransportSocket tls(List<String> certificates) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(
                        TlsParameters.newBuilder().setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2))
                .addAlpnProtocols("h2")
                .addAlpnProtocols("http/1.1");
        for (String certificate : certificates) {
            common.addTlsCertificateSdsSecretConfigs(
                    SdsSecretConfig.newBuilder().setName(certificate).setSdsConfig(ConfigSources.ADS));
        }
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(DownstreamTlsContext.newBuilder()
                        .setCommonTlsContext(common)
                        .build()))
                .build();
    }
}
