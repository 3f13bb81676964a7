package io.signalbox.dataplane.config;

import java.util.List;
import java.util.Optional;

/**
 * Who is believed when a request says where it comes from. Envoy: fields of {@code HttpConnectionManager}.
 *
 * @param useRemoteAddress whether this proxy is the edge, {@code use_remote_address}
 * @param hops how many proxies in front are believed, {@code xff_num_trusted_hops}
 * @param skipXffAppend whether the peer is not appended to {@code x-forwarded-for}
 * @param removed headers, in lower case, that are removed before anything looks at them: {@code
 *     early_header_mutation_extensions}
 * @param told what servers are told of a client's certificate; empty for nothing, {@code forward_client_cert_details}
 */
public record TrustConfig(
        boolean useRemoteAddress,
        int hops,
        boolean skipXffAppend,
        List<String> removed,
        Optional<CertificateDetails> told) {
    public TrustConfig {
        removed = List.copyOf(removed);
    }

    public TrustConfig(boolean useRemoteAddress, int hops, boolean skipXffAppend, List<String> removed) {
        this(useRemoteAddress, hops, skipXffAppend, removed, Optional.empty());
    }
}
