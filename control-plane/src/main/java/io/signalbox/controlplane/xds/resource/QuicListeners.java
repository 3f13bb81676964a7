package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Http3ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.SocketAddress.Protocol;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.UdpSocketConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.QuicProtocolOptions;
import io.envoyproxy.envoy.config.listener.v3.UdpListenerConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType;
import io.envoyproxy.envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;

/**
 * HTTP/3 is a listener of its own in Envoy, on UDP. It is made of the one on TCP, so that the two differ in nothing but what
 * they speak: trust, filters, routes and certificates are the same.
 */
final class QuicListeners {
    private QuicListeners() {}

    /** A name that no listener of users has, since theirs are without a slash. */
    static String name(String listener) {
        return listener + "/http3";
    }

    static Listener of(Listener tcp) {
        Listener.Builder quic = tcp.toBuilder().setName(name(tcp.getName())).clearFilterChains();
        quic.getAddressBuilder().getSocketAddressBuilder().setProtocol(Protocol.UDP);
        quic.setUdpListenerConfig(UdpListenerConfig.newBuilder()
                .setDownstreamSocketConfig(UdpSocketConfig.getDefaultInstance())
                .setQuicOptions(QuicProtocolOptions.getDefaultInstance()));
        tcp.getFilterChainsList().stream()
                .filter(FilterChain::hasTransportSocket)
                .map(QuicListeners::chain)
                .forEach(quic::addFilterChains);
        return quic.build();
    }

    private static FilterChain chain(FilterChain tcp) {
        int last = tcp.getFiltersCount() - 1;
        Filter manager = tcp.getFilters(last);
        HttpConnectionManager speaking = unpack(manager.getTypedConfig(), HttpConnectionManager.class).toBuilder()
                .setCodecType(CodecType.HTTP3)
                .setHttp3ProtocolOptions(Http3ProtocolOptions.getDefaultInstance())
                .clearHttp2ProtocolOptions()
                .build();
        return tcp.toBuilder()
                .setFilters(last, manager.toBuilder().setTypedConfig(Any.pack(speaking)))
                .setTransportSocket(transport(tcp.getTransportSocket()))
                .build();
    }

    /** Which protocol and which version of TLS there are is not for choice. */
    private static TransportSocket transport(TransportSocket tcp) {
        DownstreamTlsContext.Builder context = unpack(tcp.getTypedConfig(), DownstreamTlsContext.class).toBuilder();
        context.getCommonTlsContextBuilder().clearTlsParams().clearAlpnProtocols();
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.quic")
                .setTypedConfig(Any.pack(QuicDownstreamTransport.newBuilder()
                        .setDownstreamTlsContext(context)
                        .build()))
                .build();
    }

    private static <T extends com.google.protobuf.Message> T unpack(Any any, Class<T> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not what was packed: " + type, e);
        }
    }
}
