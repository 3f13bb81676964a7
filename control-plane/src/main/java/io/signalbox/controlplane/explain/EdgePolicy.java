package io.signalbox.controlplane.explain;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import java.util.Optional;

/**
 * What a listener's proto says of how requests are treated before they are routed.
 *
 * @param edge whether the proxy is the first one that a client meets: {@code use_remote_address}
 */
record EdgePolicy(String listener, int port, boolean tls, boolean edge, PathPolicy paths) {
    String scheme() {
        return tls ? "https" : "http";
    }

    /** Empty for a listener that does not speak HTTP. */
    static Optional<EdgePolicy> of(Listener proto) {
        return proto.getFilterChainsList().stream()
                .findFirst()
                .flatMap(chain -> connectionManager(chain).map(manager -> of(proto, chain, manager)));
    }

    private static EdgePolicy of(Listener proto, FilterChain chain, HttpConnectionManager manager) {
        return new EdgePolicy(
                proto.getName(),
                proto.getAddress().getSocketAddress().getPortValue(),
                chain.hasTransportSocket(),
                manager.getUseRemoteAddress().getValue(),
                new PathPolicy(
                        manager.getNormalizePath().getValue(),
                        manager.getMergeSlashes(),
                        switch (manager.getPathWithEscapedSlashesAction()) {
                            case REJECT_REQUEST -> EscapedSlashes.REJECT;
                            case UNESCAPE_AND_REDIRECT -> EscapedSlashes.UNESCAPE_AND_REDIRECT;
                            case UNESCAPE_AND_FORWARD -> EscapedSlashes.UNESCAPE_AND_FORWARD;
                            default -> EscapedSlashes.KEEP;
                        }));
    }

    private static Optional<HttpConnectionManager> connectionManager(FilterChain chain) {
        return chain.getFiltersList().stream()
                .map(filter -> filter.getTypedConfig())
                .filter(config -> config.is(HttpConnectionManager.class))
                .findFirst()
                .map(EdgePolicy::unpack);
    }

    private static HttpConnectionManager unpack(Any config) {
        try {
            return config.unpack(HttpConnectionManager.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a listener of our own cannot be read", e);
        }
    }
}
