package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Where listeners send connections that they do not look into. */
final class GeneratedForwards {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GeneratedForwards() {}

    /** Now and then one for TCP in its place; routes may name it, and then are refused. */
    static Arbitrary<ObjectNode> orTcp(Arbitrary<ObjectNode> listener) {
        return Combinators.combine(listener, tcp().optional(0.05)).as((spec, tcp) -> {
            tcp.ifPresent(forward -> {
                spec.retain("address", "port", "accessLog", "proxyProtocol", "connectionLimit");
                if (spec.path("accessLog") instanceof ObjectNode log) {
                    log.remove("minimumStatus");
                }
                spec.set("tcp", forward);
            });
            return spec;
        });
    }

    private static Arbitrary<ObjectNode> tcp() {
        return Combinators.combine(
                        Arbitraries.of("pool-0", "pool-0", "pool-0", "pool-0", "pool-0", "pool-1")
                                .list()
                                .uniqueElements()
                                .ofSize(1),
                        Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(20, 1), Tuple.of(5, 5), Tuple.of(5, 1_000_000)),
                        Arbitraries.of("0s", "1ms", "30s", "24h").optional(0.3),
                        Arbitraries.of(1, 2, 20).optional(0.3),
                        Arbitraries.of(true, false))
                .as((pools, weight, idleTimeout, attempts, hash) -> {
                    ObjectNode json = JSON.objectNode();
                    if (pools.size() == 1 && weight == 1) {
                        json.put("pool", pools.get(0));
                    } else {
                        ArrayNode arms = json.putArray("pools");
                        pools.forEach(pool -> arms.addObject().put("pool", pool).put("weight", weight));
                    }
                    idleTimeout.ifPresent(value -> json.put("idleTimeout", value));
                    attempts.ifPresent(value -> json.put("connectAttempts", value));
                    if (hash) {
                        json.putArray("hash").addObject().putObject("sourceIp");
                    }
                    return json;
                });
    }

    static Arbitrary<ObjectNode> passthrough() {
        return Combinators.combine(
                        Arbitraries.of(
                                        "db.test",
                                        "*.db.test",
                                        "*.Test",
                                        "A.B.test",
                                        "localhost",
                                        "_x.test",
                                        "xn--nxasmq6b.test",
                                        "10.0.0.1",
                                        "shop.example.com",
                                        "*.example.com")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        tcp())
                .as((names, forward) -> {
                    names.forEach(forward.withArray("/serverNames")::add);
                    return forward;
                });
    }
}
