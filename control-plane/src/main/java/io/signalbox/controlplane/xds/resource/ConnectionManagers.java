package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.ClientCertificates;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.Trust;
import java.util.List;

/**
 * How a listener speaks HTTP with those that connect. Envoy: {@code HttpConnectionManager}.
 *
 * <p>Limits and timeouts are those of "Configuring Envoy as an edge proxy"
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge). Its {@code request_timeout}, which
 * ends long uploads, is not taken over, nor is the refusal of header names with underscores, which users may want to route
 * by.
 */
final class ConnectionManagers {
    private static final Duration CONNECTION_IDLE = Durations.fromHours(1);
    private static final Duration STREAM_IDLE = Durations.fromMinutes(5);
    private static final Duration REQUEST_HEADERS = Durations.fromSeconds(30);
    private static final String REQUEST_ID = "x-request-id";

    private ConnectionManagers() {}

    /** For those who are believed as far as the listener's trust goes. */
    static HttpConnectionManager trusting(ResolvedListener listener, Trust trust) {
        return basis(listener)
                .setXffNumTrustedHops(trust.hops())
                .setPreserveExternalRequestId(trust.headers().contains(REQUEST_ID))
                .build();
    }

    /** For those outside: what counts only from the trusted networks is removed, before anything looks at it. */
    static HttpConnectionManager withoutTrust(ResolvedListener listener, List<String> removed) {
        HttpConnectionManager.Builder manager = basis(listener);
        if (!removed.isEmpty()) {
            manager.addEarlyHeaderMutationExtensions(removal(removed));
        }
        return manager.build();
    }

    private static TypedExtensionConfig removal(List<String> names) {
        var removals =
                io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation
                        .newBuilder();
        names.forEach(name -> removals.addMutations(HeaderMutation.newBuilder().setRemove(name)));
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.http.early_header_mutation.header_mutation")
                .setTypedConfig(Any.pack(removals.build()))
                .build();
    }

    private static HttpConnectionManager.Builder basis(ResolvedListener listener) {
        Http2 http2 = listener.edge().http2();
        HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder();
        listener.handshake()
                .clientCertificates()
                .flatMap(ClientCertificates::header)
                .ifPresent(details -> manager.setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
                        .setSetCurrentClientCertDetails(ClientValidation.told(details)));
        return manager.addAllAccessLog(
                        listener.accessLog().stream().map(AccessLogs::of).toList())
                .setCodecType(http2.enabled() ? CodecType.AUTO : CodecType.HTTP1)
                .setStatPrefix(listener.name())
                .setRds(Rds.newBuilder().setConfigSource(ConfigSources.ADS).setRouteConfigName(listener.name()))
                .addAllHttpFilters(HttpFilters.chain(listener))
                .setUseRemoteAddress(BoolValue.of(true))
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_REDIRECT)
                .setCommonHttpProtocolOptions(HttpProtocolOptions.newBuilder().setIdleTimeout(CONNECTION_IDLE))
                .setStreamIdleTimeout(
                        listener.edge().idleTimeout().map(Clusters::duration).orElse(STREAM_IDLE))
                .setRequestHeadersTimeout(REQUEST_HEADERS)
                .setHttp2ProtocolOptions(Http2ProtocolOptions.newBuilder()
                        .setMaxConcurrentStreams(UInt32Value.of(http2.maxConcurrentStreams()))
                        .setInitialStreamWindowSize(UInt32Value.of(64 * 1024))
                        .setInitialConnectionWindowSize(UInt32Value.of(1024 * 1024)));
    }
}
