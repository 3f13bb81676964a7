package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.ProxyProtocol;

/** A listener names its routes and certificates and holds none of them: a listener that changes closes its connections. */
final class Listeners {
    private static final int BUFFER_BYTES = 32 * 1024;

    /** Looks for the name that a client asks for in its TLS handshake. */
    private static final ListenerFilter SERVER_NAMES = ListenerFilter.newBuilder()
            .setName("envoy.filters.listener.tls_inspector")
            .setTypedConfig(Any.pack(TlsInspector.getDefaultInstance()))
            .build();

    private Listeners() {}

    static Listener listener(ResolvedListener listener) {
        Listener.Builder proto = Listener.newBuilder()
                .setName(listener.name())
                .setAddress(Clusters.address(listener.address(), listener.port()))
                .setPerConnectionBufferLimitBytes(UInt32Value.of(BUFFER_BYTES))
                .addAllListenerFilters(listener.edge().connections().proxyProtocol().stream()
                        .map(Listeners::filter)
                        .toList())
                .addAllFilterChains(FilterChains.of(listener));
        if (!listener.passthrough().isEmpty()) {
            proto.addListenerFilters(SERVER_NAMES);
        }
        return proto.build();
    }

    /** The first of listener filters, as others look at what stands behind its header. */
    private static ListenerFilter filter(ProxyProtocol protocol) {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.proxy_protocol")
                .setTypedConfig(Any.pack(
                        io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol.newBuilder()
                                .setAllowRequestsWithoutProxyProtocol(protocol.optional())
                                .build()))
                .build();
    }
}
