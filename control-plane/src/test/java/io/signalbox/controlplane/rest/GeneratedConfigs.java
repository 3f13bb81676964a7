package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.TestCertificates;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/**
 * Arbitrary configs as documents for {@code PUT /api/v1/config}: about half of them as they should be, at and around the
 * limits, the others with one value put in the place of another that does not belong there.
 */
final class GeneratedConfigs {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<TestCertificates.Issued> CERTIFICATES = List.of(
            TestCertificates.authority().issue("a.example.com"),
            TestCertificates.authority().issue("a.example.com", "*.example.com"),
            TestCertificates.authority().issue("b.example.com"));

    private GeneratedConfigs() {}

    static Arbitrary<ObjectNode> configs() {
        Arbitrary<ObjectNode> valid = Combinators.combine(
                        GeneratedPools.on(pool()).list().ofMinSize(2).ofMaxSize(3),
                        GeneratedForwards.orTcp(GeneratedHeaders.logging(
                                        GeneratedPolicies.onListener(GeneratedHeaders.on(listener()))))
                                .list()
                                .uniqueElements(spec -> spec.path("port"))
                                .ofMinSize(2)
                                .ofMaxSize(3),
                        GeneratedPolicies.on(GeneratedHeaders.virtualHost(Arbitraries.oneOf(redirect(), respond())))
                                .list()
                                .ofMaxSize(1),
                        GeneratedUpgrades.on(GeneratedPolicies.on(GeneratedHeaders.on(GeneratedMatches.on(route()))))
                                .list()
                                .ofMaxSize(5))
                .as(GeneratedConfigs::document);
        return Arbitraries.frequencyOf(
                Tuple.of(1, GeneratedExperiments.on(valid)), Tuple.of(1, SpoiltConfigs.of(valid)));
    }

    private static ObjectNode document(
            List<ObjectNode> pools,
            List<ObjectNode> listeners,
            List<ObjectNode> virtualHosts,
            List<ObjectNode> routes) {
        ObjectNode document = JSON.objectNode();
        ArrayNode resources = document.putArray("resources");
        for (int i = 0; i < CERTIFICATES.size(); i++) {
            ObjectNode spec = resources
                    .addObject()
                    .put("kind", "certificate")
                    .put("name", "certificate-" + i)
                    .putObject("spec");
            spec.put("chain", CERTIFICATES.get(i).chain())
                    .put("privateKey", CERTIFICATES.get(i).privateKey());
        }
        add(resources, "pool", pools);
        add(resources, "listener", listeners);
        add(resources, "virtual-host", virtualHosts);
        add(resources, "route", routes);
        return document;
    }

    private static void add(ArrayNode resources, String kind, List<ObjectNode> specs) {
        for (int i = 0; i < specs.size(); i++) {
            resources.addObject().put("kind", kind).put("name", kind + "-" + i).set("spec", specs.get(i));
        }
    }

    // --- what specs are made of

    private static Arbitrary<ObjectNode> pool() {
        Arbitrary<ObjectNode> endpoint = Combinators.combine(address(), port(), Arbitraries.of(1, 1, 2, 127, 128))
                .as((address, port, weight) -> JSON.objectNode()
                        .put("address", address)
                        .put("port", port)
                        .put("weight", weight));
        return Combinators.combine(
                        endpoint.list()
                                .uniqueElements(e -> e.path("address").asText() + " " + e.path("port"))
                                .ofMaxSize(4),
                        Arbitraries.of("roundRobin", "leastRequest"))
                .as((endpoints, balancing) -> {
                    ObjectNode spec = JSON.objectNode();
                    spec.putObject("loadBalancing").putObject(balancing);
                    spec.putArray("endpoints").addAll(endpoints);
                    return spec;
                });
    }

    private static Arbitrary<String> address() {
        return Arbitraries.of(
                "10.0.0.1",
                "10.0.0.2",
                "127.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "::1",
                "::",
                "2001:DB8:0::1",
                "::ffff:10.0.0.3",
                "::10.0.0.1",
                "fe80::1",
                "ff02::1",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:1.2.3.4");
    }

    private static Arbitrary<Integer> port() {
        return Arbitraries.of(1, 80, 443, 8080, 65535);
    }

    private static Arbitrary<ObjectNode> listener() {
        return Combinators.combine(
                        address(),
                        port(),
                        Arbitraries.of("certificate-0", "certificate-1", "certificate-2")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        GeneratedHandshakes.any(),
                        edge(),
                        GeneratedForwards.passthrough()
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .optional(0.1))
                .as((address, port, certificates, handshake, edge, passthrough) -> {
                    ObjectNode spec = JSON.objectNode().put("address", address).put("port", port);
                    if (certificates.isEmpty()) {
                        spec.putObject("http");
                    } else {
                        ArrayNode names = spec.putObject("https").putArray("certificates");
                        certificates.forEach(names::add);
                        spec.withObject("/https").setAll(handshake);
                        if (spec.at("/https/http3").isMissingNode()) {
                            passthrough.ifPresent(
                                    all -> all.forEach(spec.withObject("/https").withArray("/passthrough")::add));
                        }
                        edge.remove("redirectToHttps");
                        if (handshake.has("http3")) {
                            edge.remove("proxyProtocol");
                        }
                    }
                    return spec.setAll(edge);
                });
    }

    /** What a listener makes of requests before they are routed. */
    private static Arbitrary<ObjectNode> edge() {
        Arbitrary<ObjectNode> trust = Combinators.combine(
                        Arbitraries.of(1, 2, 10),
                        Arbitraries.of(
                                        "0.0.0.0/0",
                                        "10.0.0.0/8",
                                        "10.1.0.0/16",
                                        "192.0.2.7/32",
                                        "::/0",
                                        "2001:DB8::/32")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        Arbitraries.of("x-country-code", "X-Request-Id", "cookie", "x-forwarded-for", "accept")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3))
                .as((hops, networks, headers) -> {
                    ObjectNode json = JSON.objectNode().put("hops", hops);
                    networks.forEach(json.putArray("networks")::add);
                    if (!networks.isEmpty()) {
                        headers.forEach(json.putArray("headers")::add);
                    }
                    return json;
                });
        Arbitrary<ObjectNode> redirect = Combinators.combine(
                        Arbitraries.of(301, 302, 303, 307, 308), Arbitraries.of(1, 443, 8443, 65535))
                .as((status, port) -> JSON.objectNode().put("status", status).put("port", port));
        Arbitrary<ObjectNode> http2 = Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(1, 100, 10000))
                .as((enabled, streams) ->
                        JSON.objectNode().put("enabled", enabled).put("maxConcurrentStreams", streams));
        Arbitrary<ObjectNode> proxyProtocol =
                Arbitraries.of(true, false).map(optional -> JSON.objectNode().put("optional", optional));
        return Combinators.combine(
                        trust.optional(0.3),
                        redirect.optional(0.3),
                        http2.optional(0.3),
                        proxyProtocol.optional(0.2),
                        Arbitraries.of(1, 100, 1_000_000).optional(0.2),
                        Arbitraries.of("0s", "1ms", "24h", "25h").optional(0.2))
                .as((trusted, redirected, spoken, told, limit, idle) -> {
                    ObjectNode json = JSON.objectNode();
                    trusted.ifPresent(value -> json.set("trust", value));
                    redirected.ifPresent(value -> json.set("redirectToHttps", value));
                    spoken.ifPresent(value -> json.set("http2", value));
                    told.ifPresent(value -> json.set("proxyProtocol", value));
                    limit.ifPresent(value -> json.put("connectionLimit", value));
                    idle.ifPresent(value -> json.put("idleTimeout", value));
                    return json;
                });
    }

    private static Arbitrary<ObjectNode> route() {
        return Combinators.combine(
                        host().list()
                                .uniqueElements(h -> h.toLowerCase(Locale.ROOT))
                                .ofMaxSize(3),
                        Arbitraries.of("listener-0", "listener-0", "listener-1")
                                .list()
                                .ofMaxSize(1),
                        Arbitraries.integers().between(-1_000_000, 1_000_000),
                        match(),
                        action())
                .as((hosts, listeners, priority, match, action) -> {
                    ObjectNode spec = JSON.objectNode().put("priority", priority);
                    if (!hosts.isEmpty()) {
                        ArrayNode names = spec.putArray("hosts");
                        hosts.forEach(names::add);
                    }
                    listeners.forEach(spec.putArray("listeners")::add);
                    spec.set("match", match);
                    spec.set("action", action);
                    return spec;
                });
    }

    private static Arbitrary<String> host() {
        return Arbitraries.oneOf(
                Arbitraries.of("*", "*.com", "a.*", "a.example.com", "A.example.com", "*.example.com", "x".repeat(253)),
                exactHost(),
                exactHost().map(n -> "*." + n),
                exactHost().map(n -> n + ".*"));
    }

    private static Arbitrary<String> exactHost() {
        Arbitrary<String> label = Combinators.combine(
                        chars("abzAZ019_").ofLength(1), chars("a-").ofMaxLength(2))
                .as((first, rest) -> first + rest + first);
        return label.list().ofMinSize(1).ofMaxSize(3).map(labels -> String.join(".", labels));
    }

    private static Arbitrary<ObjectNode> match() {
        Arbitrary<ObjectNode> path = Arbitraries.oneOf(
                path().map(p -> JSON.objectNode().put("exact", p)),
                path().map(p -> JSON.objectNode().put("prefix", p)),
                GeneratedRegexes.regex().map(r -> JSON.objectNode().put("regex", "/" + r)));
        Arbitrary<List<ObjectNode>> headers = Combinators.combine(headerName(), value(), Arbitraries.of(true, false))
                .as((name, value, invert) -> named(name, value).put("invert", invert))
                .list()
                .ofMaxSize(2);
        Arbitrary<String> token = Arbitraries.oneOf(
                Arbitraries.of("canary", "A", "!#$%&'*+.^_`|~-", "x".repeat(256)),
                chars("aZ0._-").ofMinLength(1).ofMaxLength(8));
        Arbitrary<List<ObjectNode>> cookies = Combinators.combine(token, value())
                .as(GeneratedConfigs::named)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<ObjectNode>> query = Combinators.combine(
                        Arbitraries.of("beta", "a%20b", "[]", "a'b", "\"", "A", "x".repeat(256), "!$%*+.^_`|~-"),
                        value())
                .as(GeneratedConfigs::named)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<String>> methods = Arbitraries.of("GET", "POST", "DELETE", "M-SEARCH", "!#$", "X".repeat(32))
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        return Combinators.combine(path, methods, headers, cookies, query).as((p, m, h, c, q) -> {
            ObjectNode match = JSON.objectNode();
            match.set("path", p);
            m.forEach(match.putArray("methods")::add);
            match.putArray("headers").addAll(h);
            match.putArray("cookies").addAll(c);
            match.putArray("query").addAll(q);
            return match;
        });
    }

    private static ObjectNode named(String name, ObjectNode value) {
        ObjectNode json = JSON.objectNode().put("name", name);
        json.setAll(value);
        return json;
    }

    private static Arbitrary<String> headerName() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "accept",
                        "User-Agent",
                        "cookie",
                        "connection",
                        "transfer-encoding",
                        "content-length",
                        "te",
                        "x-envoy-upstream-rq-timeout-ms",
                        "x-request-id",
                        "x_under",
                        "!#$%&'*+.^_`|~-",
                        "x".repeat(256)),
                chars("aZ0-_").ofMinLength(1).ofMaxLength(8));
    }

    private static Arbitrary<ObjectNode> value() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.of(
                        "true",
                        "a b",
                        "\t",
                        " ",
                        "ü",
                        "\uD83D\uDE00",
                        "%",
                        "\"",
                        "\\",
                        "x".repeat(1024),
                        "\u0080",
                        "\u2028"),
                Arbitraries.strings()
                        .withCharRange(' ', ':')
                        .withCharRange('<', '~')
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.strings()
                        .withCharRange('\u00a0', '\ud7ff')
                        .ofMinLength(1)
                        .ofMaxLength(4));
        return Arbitraries.oneOf(
                text.map(t -> JSON.objectNode().put("exact", t)),
                Arbitraries.just(JSON.objectNode().put("exact", "")),
                text.map(t -> JSON.objectNode().put("prefix", t)),
                text.map(t -> JSON.objectNode().put("suffix", t)),
                text.map(t -> JSON.objectNode().put("contains", t)),
                GeneratedRegexes.regex().map(r -> JSON.objectNode().put("regex", r)),
                Arbitraries.of(true, false).map(p -> JSON.objectNode().put("present", p)));
    }

    private static Arbitrary<String> path() {
        return Arbitraries.oneOf(
                Arbitraries.of("/", "//", "/a/", "/a/../b", "/%2f", "/%00", "/a//b", "/x".repeat(1024), "/\"<>{}|\\^`"),
                Arbitraries.strings()
                        .withCharRange('$', '>')
                        .withCharRange('@', '~')
                        .withChars('!', '"')
                        .ofMaxLength(12)
                        .map(p -> "/" + p),
                chars("ab/").ofMaxLength(6).map(p -> "/" + p));
    }

    private static Arbitrary<ObjectNode> action() {
        Arbitrary<ObjectNode> forward = GeneratedHeaders.on(
                        Combinators.combine(Arbitraries.of("pool-0", "pool-1"), Arbitraries.of(0, 1, 1, 95, 1_000_000))
                                .as((pool, weight) ->
                                        JSON.objectNode().put("pool", pool).put("weight", weight)))
                .list()
                .uniqueElements(to -> to.path("pool"))
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(pools -> {
                    ObjectNode json = JSON.objectNode();
                    json.putObject("forward").putArray("pools").addAll(pools);
                    return json;
                });
        forward = Combinators.combine(forward, Arbitraries.integers().between(0, 20))
                .as(GeneratedPools::forward);
        return Arbitraries.oneOf(GeneratedDeliveries.on(forward), redirect(), respond());
    }

    private static Arbitrary<ObjectNode> redirect() {
        return Combinators.combine(
                        Arbitraries.of("http", "https", ""),
                        Arbitraries.oneOf(Arbitraries.just(""), exactHost()),
                        Arbitraries.of(0, 80, 65535),
                        Arbitraries.oneOf(
                                Arbitraries.just(""),
                                Arbitraries.just(""),
                                path(),
                                Arbitraries.of("/a?b=c", "/?", "/%0a")),
                        Arbitraries.of(301, 302, 303, 307, 308),
                        Arbitraries.of(true, false))
                .as((scheme, host, port, path, status, strip) -> {
                    ObjectNode json = JSON.objectNode();
                    ObjectNode redirect = json.putObject("redirect")
                            .put("status", status)
                            .put("stripQuery", strip && !path.contains("?"));
                    put(redirect, "scheme", host.isEmpty() && port == 0 && path.isEmpty() ? "https" : scheme);
                    put(redirect, "host", host);
                    put(redirect, "path", path);
                    if (port > 0) {
                        redirect.put("port", port);
                    }
                    return json;
                });
    }

    private static void put(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }

    private static Arbitrary<ObjectNode> respond() {
        return Combinators.combine(
                        Arbitraries.of(200, 204, 205, 304, 404, 503, 599),
                        Arbitraries.oneOf(
                                Arbitraries.of("", "x".repeat(4096), "ü".repeat(2048), "\n"),
                                Arbitraries.strings()
                                        .withCharRange('\u0001', '\ud7ff')
                                        .ofMaxLength(8)))
                .as((status, text) -> {
                    String body = Set.of(204, 205, 304).contains(status) ? "" : text;
                    ObjectNode json = JSON.objectNode();
                    json.putObject("respond").put("status", status).put("body", body);
                    return json;
                });
    }

    private static StringArbitrary chars(String chars) {
        return Arbitraries.strings().withChars(chars);
    }
}
