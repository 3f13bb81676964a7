package io.signalbox.controlplane.xds.constraint;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.compression.brotli.compressor.v3.Brotli;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.compression.zstd.compressor.v3.Zstd;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages that we put into an {@code Any}. */
final class Extensions {
    private static final Map<String, Message> KNOWN = Stream.of(
                    ProxyProtocol.getDefaultInstance(),
                    ConnectionLimit.getDefaultInstance(),
                    QuicDownstreamTransport.getDefaultInstance(),
                    HttpConnectionManager.getDefaultInstance(),
                    TcpProxy.getDefaultInstance(),
                    TlsInspector.getDefaultInstance(),
                    Router.getDefaultInstance(),
                    Cors.getDefaultInstance(),
                    CorsPolicy.getDefaultInstance(),
                    ExtAuthz.getDefaultInstance(),
                    ExtAuthzPerRoute.getDefaultInstance(),
                    LocalRateLimit.getDefaultInstance(),
                    Buffer.getDefaultInstance(),
                    BufferPerRoute.getDefaultInstance(),
                    Compressor.getDefaultInstance(),
                    CompressorPerRoute.getDefaultInstance(),
                    Gzip.getDefaultInstance(),
                    Brotli.getDefaultInstance(),
                    Zstd.getDefaultInstance(),
                    FilterConfig.getDefaultInstance(),
                    DownstreamTlsContext.getDefaultInstance(),
                    UpstreamTlsContext.getDefaultInstance(),
                    HeaderMutation.getDefaultInstance(),
                    io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation.getDefaultInstance(),
                    HeaderMutationPerRoute.getDefaultInstance(),
                    StdoutAccessLog.getDefaultInstance(),
                    HttpProtocolOptions.getDefaultInstance(),
                    PreviousHostsPredicate.getDefaultInstance(),
                    UriTemplateMatchConfig.getDefaultInstance(),
                    UriTemplateRewriteConfig.getDefaultInstance(),
                    RouteList.getDefaultInstance(),
                    HttpRequestHeaderMatchInput.getDefaultInstance())
            .collect(Collectors.toUnmodifiableMap(
                    message -> "type.googleapis.com/"
                            + message.getDescriptorForType().getFullName(),
                    Function.identity()));

    private Extensions() {}

    static Message unpack(Any any) {
        Message type = Optional.ofNullable(KNOWN.get(any.getTypeUrl()))
                .orElseThrow(() -> new IllegalStateException("add " + any.getTypeUrl() + " to the known extensions"));
        try {
            return type.getParserForType().parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a broken " + any.getTypeUrl(), e);
        }
    }
}
