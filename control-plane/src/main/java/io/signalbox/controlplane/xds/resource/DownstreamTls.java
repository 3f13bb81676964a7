package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;

/** TLS with clients. */
final class DownstreamTls {
    private DownstreamTls() {}

    /** All certificates in one context: Envoy picks by SNI among them, and falls back to the first. */
    static TransportSocket of(ResolvedListener listener) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder().setTlsParams(parameters(listener.handshake()));
        common.addAllAlpnProtocols(
                listener.handshake().offered(listener.edge().http2().enabled()));
        for (String certificate : listener.certificates()) {
            common.addTlsCertificateSdsSecretConfigs(
                    SdsSecretConfig.newBuilder().setName(certificate).setSdsConfig(ConfigSources.ADS));
        }
        DownstreamTlsContext.Builder context = DownstreamTlsContext.newBuilder();
        listener.handshake().clientCertificates().ifPresent(clients -> {
            // Said in any case, as Envoy is going to change what it means when it is not.
            context.setRequireClientCertificate(BoolValue.of(clients.required()));
            common.setValidationContext(ClientValidation.context(clients));
        });
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context.setCommonTlsContext(common).build()))
                .build();
    }

    /** Envoy's own maximum is 1.3. */
    private static TlsParameters parameters(TlsHandshake handshake) {
        TlsParameters.Builder parameters = TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(protocol(handshake.minimum()))
                .addAllCipherSuites(handshake.ciphers());
        if (handshake.maximum() != TlsVersion.TLS_1_3) {
            parameters.setTlsMaximumProtocolVersion(protocol(handshake.maximum()));
        }
        return parameters.build();
    }

    private static TlsProtocol protocol(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> TlsProtocol.TLSv1_2;
            case TLS_1_3 -> TlsProtocol.TLSv1_3;
        };
    }
}
