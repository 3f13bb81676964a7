package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.signalbox.controlplane.compile.ResolvedListener;

/** A listener names its routes and certificates and holds none of them: a listener that changes closes its connections. */
final class Listeners {
    private static final int BUFFER_BYTES = 32 * 1024;

    private Listeners() {}

    static Listener listener(ResolvedListener listener) {
        return Listener.newBuilder()
                .setName(listener.name())
                .setAddress(Clusters.address(listener.address(), listener.port()))
                .setPerConnectionBufferLimitBytes(UInt32Value.of(BUFFER_BYTES))
                .addAllFilterChains(FilterChains.of(listener))
                .build();
    }
}
