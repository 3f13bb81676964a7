package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary CORS, authorization, rate limits, limits of bodies and compression. */
final class GeneratedPolicies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GeneratedPolicies() {}

    /** Routes and virtual hosts that now and then have policies as well. */
    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> specs) {
        return Combinators.combine(
                        specs,
                        orOff(cors()).optional(0.15),
                        orOff(rateLimit()).optional(0.15),
                        orOff(bodyLimit()).optional(0.15),
                        Arbitraries.of(true, false).optional(0.15),
                        Arbitraries.of(true, false).optional(0.15))
                .as((spec, cors, limit, body, authorization, compression) -> {
                    cors.ifPresent(json -> spec.set("cors", json));
                    limit.ifPresent(json -> spec.set("rateLimit", json));
                    body.ifPresent(json -> spec.set("maxRequestBody", json));
                    authorization.ifPresent(
                            enabled -> spec.putObject("authorization").put("enabled", enabled));
                    compression.ifPresent(
                            enabled -> spec.putObject("compression").put("enabled", enabled));
                    return spec;
                });
    }

    /** Listeners that now and then ask, limit and compress. */
    static Arbitrary<ObjectNode> onListener(Arbitrary<ObjectNode> specs) {
        Arbitrary<ObjectNode> compression = Combinators.combine(
                        Arbitraries.of(1, 30, 1_000_000),
                        Arbitraries.of("text/html", "application/Vnd.a+json"),
                        encoding()
                                .list()
                                .uniqueElements(json -> json.fieldNames().next())
                                .ofMaxSize(3))
                .as((size, type, encodings) -> {
                    ObjectNode json = JSON.objectNode().put("minimumSize", size);
                    json.putArray("contentTypes").add(type);
                    if (!encodings.isEmpty()) {
                        json.putArray("encodings").addAll(encodings);
                    }
                    return json;
                });
        return Combinators.combine(
                        specs,
                        authorization().optional(0.15),
                        rateLimit().optional(0.15),
                        bodyLimit().optional(0.15),
                        compression.optional(0.15))
                .as((spec, authorization, limit, body, compressed) -> {
                    authorization.ifPresent(json -> spec.set("authorization", json));
                    limit.ifPresent(json -> spec.set("rateLimit", json));
                    body.ifPresent(json -> spec.set("maxRequestBody", json));
                    compressed.ifPresent(json -> spec.set("compression", json));
                    return spec;
                });
    }

    private static Arbitrary<ObjectNode> authorization() {
        Arbitrary<List<String>> headers = Arbitraries.frequencyOf(
                        Tuple.of(150, Arbitraries.of("x-a", "Cookie", "!#$")),
                        Tuple.of(1, Arbitraries.of("host", "te")))
                .list()
                .uniqueElements()
                .ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.of("/", "/check", "/a?b=%#").optional(0.5),
                        seldom(List.of("1ms", "200ms", "60s"), List.of("0s", "61s")),
                        Arbitraries.of(true, false),
                        Arbitraries.of(401, 403, 500, 502, 503, 504),
                        headers,
                        headers,
                        Arbitraries.of(true, false))
                .as((path, timeout, open, status, asked, told, onDemand) -> {
                    ObjectNode json = JSON.objectNode()
                            .put("pool", "pool-1")
                            .put("timeout", timeout)
                            .put("failOpen", open)
                            .put("statusOnError", status)
                            .put("onDemand", onDemand);
                    path.ifPresent(text -> json.put("path", text));
                    put(json, "requestHeaders", asked);
                    put(json, "upstreamHeaders", told);
                    put(json, "clientHeaders", told);
                    return json;
                });
    }

    private static Arbitrary<ObjectNode> encoding() {
        Arbitrary<ObjectNode> plain = Arbitraries.of("gzip", "brotli", "zstd").map(name -> {
            ObjectNode json = JSON.objectNode();
            json.putObject(name);
            return json;
        });
        Arbitrary<ObjectNode> levels = Arbitraries.of(
                        Tuple.of("gzip", 1),
                        Tuple.of("gzip", 9),
                        Tuple.of("brotli", 0),
                        Tuple.of("brotli", 11),
                        Tuple.of("zstd", 1),
                        Tuple.of("zstd", 19))
                .map(level -> {
                    ObjectNode json = JSON.objectNode();
                    json.putObject(level.get1()).put("level", level.get2());
                    return json;
                });
        return Arbitraries.oneOf(plain, levels);
    }

    /** What is refused is rare, or hardly any config with several policies would be taken. */
    static <T> Arbitrary<T> seldom(List<T> taken, List<T> refused) {
        return Arbitraries.frequencyOf(Tuple.of(30, Arbitraries.of(taken)), Tuple.of(1, Arbitraries.of(refused)));
    }

    private static Arbitrary<ObjectNode> orOff(Arbitrary<ObjectNode> settings) {
        return Arbitraries.oneOf(settings, Arbitraries.create(() -> {
            ObjectNode off = JSON.objectNode();
            off.putObject("disabled");
            return off;
        }));
    }

    private static Arbitrary<ObjectNode> cors() {
        Arbitrary<ObjectNode> origin = Arbitraries.oneOf(
                Arbitraries.of("*", "https://a.test", "null")
                        .map(text -> JSON.objectNode().put("exact", text)),
                Arbitraries.of(".a.test", "x".repeat(1024))
                        .map(text -> JSON.objectNode().put("suffix", text)),
                seldom(List.of("https://[a-z]+"), List.of("("))
                        .map(text -> JSON.objectNode().put("regex", text)));
        return Combinators.combine(
                        origin.list().ofMaxSize(3),
                        Arbitraries.of("GET", "M-SEARCH")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2),
                        Arbitraries.of("x-a", "!#$", "x".repeat(256))
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2),
                        seldom(List.of("0s", "10m", "24h"), List.of("1500ms", "25h")),
                        Arbitraries.of(true, false))
                .as((origins, methods, headers, age, credentials) -> {
                    ObjectNode json = JSON.objectNode().put("maxAge", age).put("credentials", credentials);
                    json.putArray("origins").addAll(origins);
                    put(json, "methods", methods);
                    put(json, "headers", headers);
                    put(json, "exposeHeaders", headers);
                    return json;
                });
    }

    private static void put(ObjectNode json, String field, List<String> items) {
        items.forEach(json.putArray(field)::add);
    }

    private static Arbitrary<ObjectNode> bodyLimit() {
        return Arbitraries.of(16_384, 1_000_000, 67_108_864)
                .map(bytes -> JSON.objectNode().put("bytes", bytes));
    }

    private static Arbitrary<ObjectNode> rateLimit() {
        return Combinators.combine(
                        Arbitraries.of(1, 100, 1_000_000),
                        seldom(List.of("50ms", "1s", "24h"), List.of("49ms", "25h")),
                        Arbitraries.of(1, 7, 1_000_000),
                        Arbitraries.of(429, 503),
                        Arbitraries.of(true, false))
                .as((requests, per, burst, status, announce) -> JSON.objectNode()
                        .put("requests", requests)
                        .put("per", per)
                        .put("burst", burst)
                        .put("status", status)
                        .put("announce", announce));
    }
}
