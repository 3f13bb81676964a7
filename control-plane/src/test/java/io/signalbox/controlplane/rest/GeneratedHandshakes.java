package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Versions and ciphers of HTTPS listeners. */
final class GeneratedHandshakes {
    private GeneratedHandshakes() {}

    static Arbitrary<ObjectNode> any() {
        return Combinators.combine(
                        version().optional(0.3),
                        version().optional(0.3),
                        Arbitraries.of(
                                        "ECDHE-ECDSA-AES128-GCM-SHA256",
                                        "ECDHE-RSA-AES128-GCM-SHA256",
                                        "ECDHE-ECDSA-AES256-GCM-SHA384",
                                        "ECDHE-RSA-AES256-GCM-SHA384",
                                        "ECDHE-ECDSA-CHACHA20-POLY1305",
                                        "ECDHE-RSA-CHACHA20-POLY1305",
                                        "ECDHE-ECDSA-AES128-SHA",
                                        "ECDHE-RSA-AES128-SHA",
                                        "ECDHE-ECDSA-AES256-SHA",
                                        "ECDHE-RSA-AES256-SHA",
                                        "AES128-GCM-SHA256",
                                        "AES256-GCM-SHA384",
                                        "AES128-SHA",
                                        "AES256-SHA")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .ofMaxSize(4)
                                .optional(0.3))
                .as((minimum, maximum, ciphers) -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    minimum.ifPresent(version -> json.put("minimumVersion", version));
                    maximum.ifPresent(version -> json.put("maximumVersion", version));
                    ciphers.ifPresent(names -> names.forEach(json.withArray("/ciphers")::add));
                    return json;
                });
    }

    private static Arbitrary<String> version() {
        return Arbitraries.of("1.2", "1.2", "1.2", "1.3");
    }
}
