package io.signalbox.dataplane.config;

import java.util.List;

/**
 * Who is believed when a request says where it comes from. Envoy: fields of {@code HttpConnectionManager}.
 *
 * @param useRemoteAddress whether this proxy is the edge, {@code use_remote_address}
 * @param hops how many proxies in front are believed, {@code xff_num_trusted_hops}
 * @param skipXffAppend whether the peer is not appended to {@code x-forwarded-for}
 * @param removed headers, in lower case, that are removed before anything looks at them: {@code
 *     early_header_mutation_extensions}
 */
public record TrustConfig(boolean useRemoteAddress, int hops, boolean skipXffAppend, List<String> removed) {
    public TrustConfig {
        removed = List.copyOf(removed);
    }
}
