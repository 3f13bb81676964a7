package io.signalbox.controlplane.explain;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a filter chain of a listener says of how requests are treated before they are routed.
 *
 * @param sources whose connections it is for
 * @param removed headers, in lower case, that are removed first of all
 * @param trust whether the proxy is the first one that a client meets, and who is believed
 * @param tellsCertificate whether servers are told of the client's certificate, {@code x-forwarded-client-cert}
 */
record EdgePolicy(
        String listener,
        int port,
        boolean tls,
        Sources sources,
        Set<String> removed,
        Trust trust,
        PathPolicy paths,
        boolean tellsCertificate) {
    /**
     * @param edge {@code use_remote_address}
     * @param hops {@code xff_num_trusted_hops}
     * @param keepsRequestId {@code preserve_external_request_id}
     */
    record Trust(boolean edge, int hops, boolean keepsRequestId) {}

    String scheme() {
        return tls ? "https" : "http";
    }

    /** Empty for a listener that does not speak HTTP. */
    static List<EdgePolicy> allOf(Listener proto) {
        return proto.getFilterChainsList().stream()
                .flatMap(chain -> chain.getFiltersList().stream()
                        .map(filter -> filter.getTypedConfig())
                        .filter(config -> config.is(HttpConnectionManager.class))
                        .map(config -> of(proto, chain, unpack(config, HttpConnectionManager.class))))
                .toList();
    }

    private static EdgePolicy of(Listener proto, FilterChain chain, HttpConnectionManager manager) {
        return new EdgePolicy(
                proto.getName(),
                proto.getAddress().getSocketAddress().getPortValue(),
                chain.hasTransportSocket(),
                new Sources(chain.getFilterChainMatch().getSourcePrefixRangesList()),
                removed(manager),
                new Trust(
                        manager.getUseRemoteAddress().getValue(),
                        manager.getXffNumTrustedHops(),
                        manager.getPreserveExternalRequestId()),
                new PathPolicy(
                        manager.getNormalizePath().getValue(),
                        manager.getMergeSlashes(),
                        switch (manager.getPathWithEscapedSlashesAction()) {
                            case REJECT_REQUEST -> EscapedSlashes.REJECT;
                            case UNESCAPE_AND_REDIRECT -> EscapedSlashes.UNESCAPE_AND_REDIRECT;
                            case UNESCAPE_AND_FORWARD -> EscapedSlashes.UNESCAPE_AND_FORWARD;
                            default -> EscapedSlashes.KEEP;
                        }),
                manager.getForwardClientCertDetails() == ForwardClientCertDetails.SANITIZE_SET);
    }

    private static Set<String> removed(HttpConnectionManager manager) {
        Set<String> removed = new HashSet<>();
        for (TypedExtensionConfig extension : manager.getEarlyHeaderMutationExtensionsList()) {
            unpack(extension.getTypedConfig(), HeaderMutation.class)
                    .getMutationsList()
                    .forEach(mutation -> removed.add(mutation.getRemove()));
        }
        return Set.copyOf(removed);
    }

    private static <M extends Message> M unpack(Any config, Class<M> type) {
        try {
            return config.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a listener of our own cannot be read", e);
        }
    }
}
