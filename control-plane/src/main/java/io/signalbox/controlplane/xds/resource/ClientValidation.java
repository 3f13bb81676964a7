package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.signalbox.controlplane.model.ClientCertificates;
import io.signalbox.controlplane.model.ClientCertificates.ClientName;
import io.signalbox.controlplane.model.ClientCertificates.Detail;
import io.signalbox.controlplane.model.ClientCertificates.DnsName;
import io.signalbox.controlplane.model.ClientCertificates.ExactUri;
import io.signalbox.controlplane.model.ClientCertificates.UriPrefix;
import java.util.List;

/** Whose certificates are taken from clients, and what servers are told of them. */
final class ClientValidation {
    private ClientValidation() {}

    static CertificateValidationContext context(ClientCertificates clients) {
        CertificateValidationContext.Builder context = CertificateValidationContext.newBuilder()
                .setTrustedCa(DataSource.newBuilder().setInlineString(clients.trustedCertificates()));
        clients.names().forEach(name -> context.addMatchTypedSubjectAltNames(matcher(name)));
        return context.build();
    }

    private static SubjectAltNameMatcher matcher(ClientName name) {
        if (name instanceof DnsName dns) {
            return matcher(SanType.DNS, StringMatcher.newBuilder().setExact(dns.name()));
        } else if (name instanceof ExactUri uri) {
            return matcher(SanType.URI, StringMatcher.newBuilder().setExact(uri.uri()));
        }
        return matcher(SanType.URI, StringMatcher.newBuilder().setPrefix(((UriPrefix) name).prefix()));
    }

    private static SubjectAltNameMatcher matcher(SanType type, StringMatcher.Builder matcher) {
        return SubjectAltNameMatcher.newBuilder()
                .setSanType(type)
                .setMatcher(matcher)
                .build();
    }

    static SetCurrentClientCertDetails told(List<Detail> details) {
        SetCurrentClientCertDetails.Builder told = SetCurrentClientCertDetails.newBuilder();
        for (Detail detail : details) {
            switch (detail) {
                case SUBJECT -> told.setSubject(BoolValue.of(true));
                case DNS -> told.setDns(true);
                case URI -> told.setUri(true);
                case CERTIFICATE -> told.setCert(true);
                case CHAIN -> told.setChain(true);
            }
        }
        return told.build();
    }
}
