package io.signalbox.dataplane.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * In which order a server tries ciphers. Envoy takes a certificate for ECDSA where there is one and the client knows how, whatever
 * the list says; then the list's order counts, and the client's between those that the list has for equal.
 */
final class CipherOrder {
    private static final String ECDSA = "_ECDSA_";
    private static final String OF_TLS_1_2 = "_WITH_";

    /** Of those that are equal to others. IANA: "TLS Cipher Suites". */
    private static final Map<String, Integer> NUMBERS = Map.of(
            "TLS_AES_128_GCM_SHA256", 0x1301,
            "TLS_AES_256_GCM_SHA384", 0x1302,
            "TLS_CHACHA20_POLY1305_SHA256", 0x1303,
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xc02b,
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xc02f,
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca8,
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca9);

    private final List<List<String>> groups;

    /** @param groups of equal ones, by JSSE's names */
    CipherOrder(List<List<String>> groups) {
        this.groups =
                groups.stream().sorted(Comparator.comparing(CipherOrder::rank)).toList();
    }

    private static int rank(List<String> group) {
        String first = group.get(0);
        return !first.contains(OF_TLS_1_2) ? 0 : first.contains(ECDSA) ? 1 : 2;
    }

    List<String> all() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** @param known numbers of those that the client knows, its favourite first */
    List<String> of(List<Integer> known) {
        return groups.stream().flatMap(group -> sorted(group, known)).toList();
    }

    private static Stream<String> sorted(List<String> group, List<Integer> known) {
        if (group.size() == 1) {
            return group.stream();
        }
        List<String> sorted = new ArrayList<>(group);
        sorted.sort(Comparator.comparing(suite -> {
            int place = known.indexOf(NUMBERS.getOrDefault(suite, -1));
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        return sorted.stream();
    }
}
