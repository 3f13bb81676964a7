package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code HttpProtocolOptions} and {@code UpstreamTlsContext}. */
final class UpstreamParser {
    private static final String TLS_AT = "transport_socket.typed_config";

    private UpstreamParser() {}

    static UpstreamConfig parse(Cluster proto, HttpProtocolOptions options) throws InvalidResource {
        Protocol protocol = protocol(proto, options);
        Optional<UpstreamConfig.Tls> tls = tls(proto);
        if (protocol == Protocol.AUTO && tls.isEmpty()) {
            throw new InvalidResource("typed_extension_protocol_options: auto_config needs a TLS transport socket");
        }
        return new UpstreamConfig(protocol, tls);
    }

    private static Protocol protocol(Cluster proto, HttpProtocolOptions options) throws InvalidResource {
        return switch (options.getUpstreamProtocolOptionsCase()) {
            case EXPLICIT_HTTP_CONFIG ->
                switch (options.getExplicitHttpConfig().getProtocolConfigCase()) {
                    case HTTP_PROTOCOL_OPTIONS -> Protocol.HTTP1;
                    case HTTP2_PROTOCOL_OPTIONS -> Protocol.HTTP2;
                    case HTTP3_PROTOCOL_OPTIONS, PROTOCOLCONFIG_NOT_SET ->
                        throw new InvalidResource(
                                "explicit_http_config: one of http_protocol_options, http2_protocol_options is required");
                };
            case AUTO_CONFIG -> {
                if (options.getAutoConfig().hasHttp3ProtocolOptions()) {
                    throw new InvalidResource("auto_config.http3_protocol_options is not supported");
                }
                yield Protocol.AUTO;
            }
            case USE_DOWNSTREAM_PROTOCOL_CONFIG ->
                throw new InvalidResource("use_downstream_protocol_config is not supported");
            case UPSTREAMPROTOCOLOPTIONS_NOT_SET -> proto.hasHttp2ProtocolOptions() ? Protocol.HTTP2 : Protocol.HTTP1;
        };
    }

    private static Optional<UpstreamConfig.Tls> tls(Cluster proto) throws InvalidResource {
        if (!proto.hasTransportSocket()
                || proto.getTransportSocket().getTypedConfig().is(RawBuffer.class)) {
            return Optional.empty();
        }
        UpstreamTlsContext context =
                Protos.unpack(TLS_AT, proto.getTransportSocket().getTypedConfig(), UpstreamTlsContext.class);
        CommonTlsContext common = context.getCommonTlsContext();
        if (common.getTlsCertificatesCount() + common.getTlsCertificateSdsSecretConfigsCount() > 1) {
            throw new InvalidResource(TLS_AT + ".common_tls_context: more than one certificate is not supported");
        }
        if (!common.getTlsParams().getCipherSuitesList().isEmpty()) {
            throw new InvalidResource(TLS_AT + ".common_tls_context.tls_params.cipher_suites is not supported");
        }
        CertificateValidationContext validation = common.getValidationContext();
        List<String> names = names(validation);
        List<X509Certificate> trusted = validation.hasTrustedCa()
                ? CertificateParser.authorities(
                        TLS_AT + ".common_tls_context.validation_context.trusted_ca", validation.getTrustedCa())
                : List.of();
        if (trusted.isEmpty() && !names.isEmpty()) {
            throw new InvalidResource(TLS_AT + ".common_tls_context.validation_context.trusted_ca is required");
        }
        return Optional.of(new UpstreamConfig.Tls(
                context.getSni().isEmpty() ? Optional.empty() : Optional.of(context.getSni()),
                trusted,
                names,
                certificate(common),
                versions(
                        common.getTlsParams().getTlsMinimumProtocolVersion(),
                        common.getTlsParams().getTlsMaximumProtocolVersion())));
    }

    private static List<String> names(CertificateValidationContext proto) throws InvalidResource {
        List<String> names = new ArrayList<>();
        for (SubjectAltNameMatcher matcher : proto.getMatchTypedSubjectAltNamesList()) {
            if (matcher.getSanType() != SanType.DNS || !matcher.getMatcher().hasExact()) {
                throw new InvalidResource(
                        TLS_AT + ".common_tls_context.validation_context: only exact DNS names are supported");
            }
            names.add(matcher.getMatcher().getExact());
        }
        return names;
    }

    private static Optional<CertificateSource> certificate(CommonTlsContext proto) throws InvalidResource {
        if (proto.getTlsCertificatesCount() > 0) {
            return Optional.of(new CertificateSource.Inline(CertificateParser.parse(
                    TLS_AT + ".common_tls_context.tls_certificates[0]", proto.getTlsCertificates(0))));
        }
        return proto.getTlsCertificateSdsSecretConfigsCount() == 0
                ? Optional.empty()
                : Optional.of(TlsParser.sds(
                        TLS_AT + ".common_tls_context.tls_certificate_sds_secret_configs[0]",
                        proto.getTlsCertificateSdsSecretConfigs(0)));
    }

    /** Envoy offers servers no TLS 1.3 unless it is told to. */
    private static List<String> versions(TlsProtocol least, TlsProtocol most) throws InvalidResource {
        if (most == TlsProtocol.TLSv1_0 || most == TlsProtocol.TLSv1_1) {
            throw new InvalidResource(TLS_AT + ".common_tls_context.tls_params: " + most + " is not supported");
        }
        List<String> versions = new ArrayList<>();
        if (most == TlsProtocol.TLSv1_3) {
            versions.add("TLSv1.3");
        }
        if (least != TlsProtocol.TLSv1_3) {
            versions.add("TLSv1.2");
        }
        if (versions.isEmpty()) {
            throw new InvalidResource(
                    TLS_AT + ".common_tls_context.tls_params: no version between the least and the most");
        }
        return versions;
    }
}
