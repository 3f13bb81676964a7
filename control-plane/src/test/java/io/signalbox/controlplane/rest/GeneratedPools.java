package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.signalbox.local.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What pools can say besides their endpoints' addresses, and what routes say of the servers of pools. */
final class GeneratedPools {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String AUTHORITY = TestCertificates.authority().rootPem();
    private static final List<String> HASHES = List.of(
            "{header: x-user}",
            "{header: TE, terminal: true}",
            "{header: Host}",
            "{cookie: {name: sid, ttl: 0s}}",
            "{cookie: {name: sid, ttl: 9600h, path: /a}}",
            "{cookie: {name: '!#$%'}}",
            "{query: 'a%20b'}",
            "{sourceIp: {}, terminal: true}");
    private static final List<String> SETTINGS = List.of(
            "{loadBalancing: {random: {}}}",
            "{loadBalancing: {ringHash: {}}}",
            "{loadBalancing: {ringHash: {minimumSize: 1, maximumSize: 1}}}",
            "{loadBalancing: {ringHash: {minimumSize: 7, maximumSize: 8388608}}}",
            "{loadBalancing: {maglev: {}}}",
            "{loadBalancing: {maglev: {tableSize: 2}}}",
            "{loadBalancing: {maglev: {tableSize: 251}}}",
            "{loadBalancing: {roundRobin: {slowStart: {window: 1ms, aggression: 0.1, minWeightPercent: 0}}}}",
            "{loadBalancing: {leastRequest: {choices: 100, slowStart: {window: 1h, aggression: 10}}}}",
            "{protocol: http2}",
            "{connectTimeout: 1ms}",
            "{connectTimeout: 60s, protocol: http1}",
            "{tls: {insecure: {}}}",
            "{protocol: auto, tls: {serverName: a_b.example.com, insecure: {}, certificate: certificate-0}}",
            "{tls: {trustedCertificates: PEM}}",
            "{protocol: http2, tls: {trustedCertificates: PEM, names: [a.example.com, B.example.com]}}",
            "{healthCheck: {http: {path: /, statuses: [200, 599]}}}",
            "{healthCheck: {http: {path: '/a;b', host: a.example.com}, interval: 1ms, timeout: 1h}}",
            "{healthCheck: {tcp: {}, healthyThreshold: 100, unhealthyThreshold: 1}}",
            "{protocol: http2, healthCheck: {grpc: {}}}",
            "{protocol: http2, healthCheck: {grpc: {service: shop.Cart}}}",
            "{outlierDetection: {consecutive5xx: 1, interval: 1ms, baseEjectionTime: 24h}}",
            "{outlierDetection: {consecutiveGatewayFailures: 1000, maxEjectionPercent: 0}}",
            "{panicThreshold: 0}",
            "{panicThreshold: 100}",
            "{limits: {}}",
            "{limits: {connections: 1, pendingRequests: 1, requests: 1, retries: 0, requestsPerConnection: 1}}",
            "{limits: {connections: 1000000, requests: 1000000, requestsPerConnection: 1000000}}");

    private GeneratedPools() {}

    /** A pool that now and then says more than its endpoints. */
    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> pools) {
        return Combinators.combine(
                        pools,
                        Arbitraries.of(SETTINGS).list().ofMaxSize(3),
                        Arbitraries.of("", "", "localities", "labels", "both", "priorities"))
                .as((pool, settings, spread) -> {
                    settings.forEach(text -> pool.setAll(setting(text)));
                    spread(pool, spread);
                    return pool;
                });
    }

    private static ObjectNode setting(String text) {
        ObjectNode setting = (ObjectNode) parse(text);
        if (setting.at("/tls/trustedCertificates").isTextual()) {
            ((ObjectNode) setting.path("tls")).put("trustedCertificates", AUTHORITY);
        }
        return setting;
    }

    /**
     * A route's action that now and then says what to hash, or asks for labels.
     *
     * @param forward with pools
     */
    static ObjectNode forward(ObjectNode forward, int which) {
        ObjectNode to = (ObjectNode) forward.path("forward");
        if (which < HASHES.size()) {
            to.putArray("hash").add(parse(HASHES.get(which))).add(parse("{query: '[]'}"));
        } else if (which == HASHES.size()) {
            ((ObjectNode) to.path("pools").get(0)).set("subset", parse("{version: v1}"));
        }
        return forward;
    }

    private static void spread(ObjectNode pool, String spread) {
        JsonNode endpoints = pool.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            ObjectNode endpoint = (ObjectNode) endpoints.get(i);
            switch (spread) {
                case "priorities" -> endpoint.put("priority", i).put("drain", i == 2);
                case "localities" -> endpoint.set("locality", parse(i == 0 ? "{region: eu, subZone: x}" : "{}"));
                case "labels" -> endpoint.set("labels", parse("{version: v" + i + ", a/b.c: ''}"));
                case "both" -> {
                    endpoint.set("labels", parse("{version: v1, hash_key: k" + i + "}"));
                    endpoint.set("locality", parse("{zone: z" + i % 2 + "}"));
                }
                default -> {}
            }
        }
        switch (spread) {
            case "localities" ->
                pool.set("localityWeights", parse("[{region: eu, subZone: x, weight: 1}, {weight: 1000000}]"));
            case "labels" ->
                pool.set("subsets", parse("{by: [[version], [a/b.c, version]], fallback: {subset: {version: v1}}}"));
            case "both" -> {
                pool.set("localityWeights", parse("[{zone: z0, weight: 2}, {zone: z1, weight: 3}]"));
                pool.set("subsets", parse("{by: [[version]]}"));
            }
            default -> {}
        }
    }

    private static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
