package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation.ActionCase;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.signalbox.dataplane.config.CertificateDetails;
import io.signalbox.dataplane.config.TrustConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of {@code HttpConnectionManager} says who is believed. */
final class TrustParser {
    private TrustParser() {}

    static TrustConfig parse(String at, HttpConnectionManager proto) throws InvalidResource {
        boolean edge = proto.getUseRemoteAddress().getValue();
        if (!edge && proto.getXffNumTrustedHops() != 0) {
            throw new InvalidResource(at + ".xff_num_trusted_hops is not supported without use_remote_address");
        }
        return new TrustConfig(
                edge, proto.getXffNumTrustedHops(), proto.getSkipXffAppend(), removed(at, proto), told(at, proto));
    }

    private static Optional<CertificateDetails> told(String at, HttpConnectionManager proto) throws InvalidResource {
        return switch (proto.getForwardClientCertDetails()) {
            case SANITIZE -> Optional.empty();
            case SANITIZE_SET -> {
                SetCurrentClientCertDetails details = proto.getSetCurrentClientCertDetails();
                yield Optional.of(new CertificateDetails(
                        details.getCert(),
                        details.getChain(),
                        details.getSubject().getValue(),
                        details.getUri(),
                        details.getDns()));
            }
            default ->
                throw new InvalidResource(at + ".forward_client_cert_details: " + proto.getForwardClientCertDetails()
                        + " is not supported");
        };
    }

    private static List<String> removed(String at, HttpConnectionManager proto) throws InvalidResource {
        List<String> removed = new ArrayList<>();
        for (int i = 0; i < proto.getEarlyHeaderMutationExtensionsCount(); i++) {
            String extension = at + ".early_header_mutation_extensions[" + i + "].typed_config";
            HeaderMutation mutation = Protos.unpack(
                    extension, proto.getEarlyHeaderMutationExtensions(i).getTypedConfig(), HeaderMutation.class);
            for (int j = 0; j < mutation.getMutationsCount(); j++) {
                if (mutation.getMutations(j).getActionCase() != ActionCase.REMOVE) {
                    throw new InvalidResource(extension + ".mutations[" + j + "]: only remove is supported");
                }
                removed.add(mutation.getMutations(j).getRemove().toLowerCase(Locale.ROOT));
            }
        }
        return removed;
    }
}
