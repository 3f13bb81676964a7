package io.signalbox.dataplane.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ciphers of TLS, by OpenSSL's names as in Envoy and by JSSE's. Envoy: {@code TlsParameters.cipher_suites}. As there, the
 * list is in the order in which the server wants them, and those of TLS 1.3 are always offered, in the client's order.
 */
final class CipherSuites {
    private static final List<String> OF_TLS_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /** Envoy's own, which lets the client choose between AES-128 and ChaCha20. */
    private static final List<List<String>> DEFAULT = List.of(
            List.of("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"),
            List.of("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-CHACHA20-POLY1305"),
            List.of("ECDHE-ECDSA-AES256-GCM-SHA384"),
            List.of("ECDHE-RSA-AES256-GCM-SHA384"));

    private static final Map<String, String> JSSE_NAMES = Map.ofEntries(
            Map.entry("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            Map.entry("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            Map.entry("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            Map.entry("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
            Map.entry("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            Map.entry("ECDHE-ECDSA-AES128-SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
            Map.entry("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
            Map.entry("ECDHE-ECDSA-AES256-SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
            Map.entry("ECDHE-RSA-AES256-SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
            Map.entry("AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry("AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384"),
            Map.entry("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"),
            Map.entry("AES256-SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"));

    private CipherSuites() {}

    /**
     * @param names of TLS 1.2; empty for Envoy's own
     * @return JSSE's, in groups of equal ones, those of TLS 1.3 among them
     */
    static List<List<String>> parse(String at, List<String> names) throws InvalidResource {
        for (int i = 0; i < names.size(); i++) {
            if (!JSSE_NAMES.containsKey(names.get(i))) {
                throw new InvalidResource(at + "[" + i + "]: \"" + names.get(i) + "\" is not supported");
            }
        }
        List<List<String>> groups = new ArrayList<>(List.of(OF_TLS_1_3));
        for (List<String> group :
                names.isEmpty() ? DEFAULT : names.stream().map(List::of).toList()) {
            groups.add(group.stream().map(CipherSuites::jsseName).toList());
        }
        return groups;
    }

    private static String jsseName(String name) {
        return Objects.requireNonNull(JSSE_NAMES.get(name), name);
    }
}
