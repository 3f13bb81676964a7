package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.TestCertificates;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Versions, ciphers and protocols of HTTPS listeners, and the certificates that they want of clients. */
final class GeneratedHandshakes {
    private static final String AUTHORITY = TestCertificates.authority().rootPem();

    private GeneratedHandshakes() {}

    static Arbitrary<ObjectNode> any() {
        return Combinators.combine(
                        version().optional(0.1),
                        version().optional(0.1),
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
                                .optional(0.1),
                        Arbitraries.of("h2", "http/1.1")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .optional(0.3),
                        clientCertificates().optional(0.4),
                        Arbitraries.of(1, 443, 65535).optional(0.5).optional(0.2))
                .as((minimum, maximum, ciphers, alpn, clients, http3) -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    minimum.ifPresent(version -> json.put("minimumVersion", version));
                    maximum.ifPresent(version -> json.put("maximumVersion", version));
                    ciphers.ifPresent(names -> names.forEach(json.withArray("/ciphers")::add));
                    alpn.ifPresent(names -> names.forEach(json.withArray("/alpn")::add));
                    clients.ifPresent(asked -> json.set("clientCertificates", asked));
                    http3.ifPresent(port -> {
                        json.remove("clientCertificates");
                        json.remove("maximumVersion");
                        ObjectNode object = json.putObject("http3");
                        port.ifPresent(advertised -> object.put("advertisedPort", advertised));
                    });
                    return json;
                });
    }

    private static Arbitrary<ObjectNode> clientCertificates() {
        return Combinators.combine(
                        Arbitraries.of(true, false).optional(0.5),
                        Arbitraries.of(
                                        "dns a_b.example.com",
                                        "dns A.example.com",
                                        "uri spiffe://a/b",
                                        "uri %",
                                        "uriPrefix spiffe://a/")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        Arbitraries.of("subject", "dns", "uri", "certificate", "chain")
                                .list()
                                .uniqueElements()
                                .optional(0.5))
                .as((required, names, details) -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    json.put("trustedCertificates", AUTHORITY);
                    required.ifPresent(yes -> json.put("required", yes));
                    names.forEach(
                            name -> json.withArray("/names").addObject().put(name.split(" ")[0], name.split(" ")[1]));
                    details.ifPresent(
                            told -> told.forEach(json.putObject("header").putArray("details")::add));
                    return json;
                });
    }

    private static Arbitrary<String> version() {
        return Arbitraries.of("1.2", "1.2", "1.2", "1.3");
    }
}
