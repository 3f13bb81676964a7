package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.signalbox.dataplane.config.TlsConfig;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code DownstreamTlsContext}. */
final class TlsParser {
    private TlsParser() {}

    /** Empty for the plain-text socket. */
    static Optional<TlsConfig> parseTransportSocket(String at, TransportSocket proto) throws InvalidResource {
        if (proto.getTypedConfig().is(RawBuffer.class)) {
            return Optional.empty();
        }
        return Optional.of(parse(
                at + ".typed_config",
                Protos.unpack(at + ".typed_config", proto.getTypedConfig(), DownstreamTlsContext.class)));
    }

    private static TlsConfig parse(String at, DownstreamTlsContext proto) throws InvalidResource {
        if (proto.getFullScanCertsOnSniMismatch().getValue()) {
            throw new InvalidResource(at + ".full_scan_certs_on_sni_mismatch is not supported");
        }
        CommonTlsContext common = proto.getCommonTlsContext();
        List<CertificateSource> certificates = new ArrayList<>();
        for (int i = 0; i < common.getTlsCertificatesCount(); i++) {
            TlsCertificate certificate = common.getTlsCertificates(i);
            certificates.add(new CertificateSource.Inline(
                    CertificateParser.parse(at + ".common_tls_context.tls_certificates[" + i + "]", certificate)));
        }
        for (SdsSecretConfig secret : common.getTlsCertificateSdsSecretConfigsList()) {
            certificates.add(sds(at + ".common_tls_context.tls_certificate_sds_secret_configs", secret));
        }
        if (certificates.isEmpty()) {
            throw new InvalidResource(at + ".common_tls_context: a certificate is required");
        }
        String paramsAt = at + ".common_tls_context.tls_params";
        return new TlsConfig(
                certificates,
                protocols(paramsAt, common.getTlsParams()),
                CipherSuites.parse(
                        paramsAt + ".cipher_suites", common.getTlsParams().getCipherSuitesList()),
                common.getAlpnProtocolsList(),
                ClientValidationParser.parse(at, proto));
    }

    /** Without a source the name is of a secret in the bootstrap's static resources. */
    static CertificateSource sds(String at, SdsSecretConfig proto) throws InvalidResource {
        if (proto.hasSdsConfig()) {
            Protos.requireAds(at + ".sds_config", proto.getSdsConfig());
        }
        return new CertificateSource.Sds(proto.getName());
    }

    private static List<String> protocols(String at, TlsParameters proto) throws InvalidResource {
        List<String> protocols = new ArrayList<>();
        TlsProtocol least = proto.getTlsMinimumProtocolVersion();
        TlsProtocol most = proto.getTlsMaximumProtocolVersion();
        if (most != TlsProtocol.TLSv1_2) {
            protocols.add("TLSv1.3");
        }
        if (least != TlsProtocol.TLSv1_3) {
            protocols.add("TLSv1.2");
        }
        if (protocols.isEmpty()) {
            throw new InvalidResource(at + ": no version between the least and the most");
        }
        return protocols;
    }
}
