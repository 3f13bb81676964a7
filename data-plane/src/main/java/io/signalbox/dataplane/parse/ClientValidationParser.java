package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.signalbox.dataplane.config.ClientValidation;
import io.signalbox.dataplane.config.SubjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code DownstreamTlsContext} says of the certificates of clients. */
final class ClientValidationParser {
    private ClientValidationParser() {}

    static Optional<ClientValidation> parse(String at, DownstreamTlsContext proto) throws InvalidResource {
        boolean required = proto.getRequireClientCertificate().getValue();
        String contextAt = at + ".common_tls_context.validation_context";
        if (!proto.getCommonTlsContext().hasValidationContext()) {
            if (required) {
                throw new InvalidResource(contextAt + " is required, or Envoy would take any client");
            }
            return Optional.empty();
        }
        CertificateValidationContext context = proto.getCommonTlsContext().getValidationContext();
        if (!context.hasTrustedCa()) {
            throw new InvalidResource(contextAt + ".trusted_ca is required");
        }
        return Optional.of(new ClientValidation(
                required,
                CertificateParser.authorities(contextAt + ".trusted_ca", context.getTrustedCa()),
                names(contextAt + ".match_typed_subject_alt_names", context.getMatchTypedSubjectAltNamesList())));
    }

    private static List<SubjectName> names(String at, List<SubjectAltNameMatcher> protos) throws InvalidResource {
        List<SubjectName> names = new ArrayList<>();
        for (SubjectAltNameMatcher proto : protos) {
            names.add(name(at + "[" + names.size() + "]", proto));
        }
        return names;
    }

    private static SubjectName name(String at, SubjectAltNameMatcher proto) throws InvalidResource {
        StringMatcher matcher = proto.getMatcher();
        if (!matcher.getIgnoreCase()) {
            switch (proto.getSanType()) {
                case DNS -> {
                    if (matcher.hasExact()) {
                        return new SubjectName.Dns(matcher.getExact());
                    }
                }
                case URI -> {
                    if (matcher.hasExact()) {
                        return new SubjectName.Uri(matcher.getExact(), false);
                    } else if (matcher.hasPrefix()) {
                        return new SubjectName.Uri(matcher.getPrefix(), true);
                    }
                }
                default -> {
                    // Nobody asks for the others.
                }
            }
        }
        throw new InvalidResource(at + ": only exact DNS names, and URIs exact or by prefix, are supported");
    }
}
