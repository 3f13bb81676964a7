package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Transport;
import io.signalbox.controlplane.model.Transport.Protocol;
import io.signalbox.controlplane.model.UpstreamTls;
import java.util.Optional;

/** What is spoken to a cluster's endpoints. */
final class Upstreams {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final String TLS = "envoy.transport_sockets.tls";

    private Upstreams() {}

    static void add(PoolSpec pool, Cluster.Builder cluster) {
        Transport transport = pool.transport();
        transport.connectTimeout().ifPresent(timeout -> cluster.setConnectTimeout(Clusters.duration(timeout)));
        transport
                .tls()
                .ifPresent(tls -> cluster.setTransportSocket(
                        TransportSocket.newBuilder().setName(TLS).setTypedConfig(Any.pack(tls(tls)))));
        Optional<Integer> requests = pool.limits().requestsPerConnection();
        if (transport.protocol() != Protocol.HTTP1 || requests.isPresent()) {
            cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, Any.pack(http(transport.protocol(), requests)));
        }
    }

    private static HttpProtocolOptions http(Protocol protocol, Optional<Integer> requests) {
        HttpProtocolOptions.Builder options = HttpProtocolOptions.newBuilder();
        switch (protocol) {
            case HTTP1 -> options.getExplicitHttpConfigBuilder().getHttpProtocolOptionsBuilder();
            case HTTP2 -> options.getExplicitHttpConfigBuilder().getHttp2ProtocolOptionsBuilder();
            case AUTO -> {
                options.getAutoConfigBuilder().getHttpProtocolOptionsBuilder();
                options.getAutoConfigBuilder().getHttp2ProtocolOptionsBuilder();
            }
        }
        requests.ifPresent(most ->
                options.getCommonHttpProtocolOptionsBuilder().setMaxRequestsPerConnection(UInt32Value.of(most)));
        return options.build();
    }

    private static UpstreamTlsContext tls(UpstreamTls tls) {
        UpstreamTlsContext.Builder context = UpstreamTlsContext.newBuilder();
        tls.serverName().ifPresent(context::setSni);
        CommonTlsContext.Builder common = context.getCommonTlsContextBuilder();
        tls.certificate()
                .ifPresent(name -> common.addTlsCertificateSdsSecretConfigs(
                        SdsSecretConfig.newBuilder().setName(name).setSdsConfig(ConfigSources.ADS)));
        tls.trustedCertificates().ifPresent(pem -> common.setValidationContext(validation(tls, pem)));
        return context.build();
    }

    private static CertificateValidationContext validation(UpstreamTls tls, String pem) {
        CertificateValidationContext.Builder context = CertificateValidationContext.newBuilder()
                .setTrustedCa(DataSource.newBuilder().setInlineString(pem));
        for (String name : tls.expectedNames()) {
            SubjectAltNameMatcher.Builder matcher = context.addMatchTypedSubjectAltNamesBuilder();
            matcher.setSanType(SubjectAltNameMatcher.SanType.DNS)
                    .getMatcherBuilder()
                    .setExact(name);
        }
        return context.build();
    }
}
