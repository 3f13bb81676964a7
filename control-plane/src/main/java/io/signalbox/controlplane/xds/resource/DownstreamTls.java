package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.signalbox.controlplane.compile.ResolvedListener;

/** TLS with clients. */
final class DownstreamTls {
    private DownstreamTls() {}

    /** All certificates in one context: Envoy picks by SNI among them, and falls back to the first. */
    static TransportSocket of(ResolvedListener listener) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(
                        TlsParameters.newBuilder().setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2));
        if (listener.edge().http2().enabled()) {
            common.addAlpnProtocols("h2");
        }
        common.addAlpnProtocols("http/1.1");
        for (String certificate : listener.certificates()) {
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
