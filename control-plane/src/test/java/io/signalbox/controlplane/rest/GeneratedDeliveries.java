package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Timeouts, retries and mirrors of generated routes. */
final class GeneratedDeliveries {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GeneratedDeliveries() {}

    /** A part of the routes that forward get some. */
    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> action) {
        return Combinators.combine(
                        action,
                        GeneratedPolicies.seldom(List.of("0s", "1ms", "15s", "24h"), List.of("25h"))
                                .optional(0.2),
                        Arbitraries.of("0s", "1ms", "5m").optional(0.2),
                        retry().optional(0.2),
                        mirrors().optional(0.2))
                .as((spec, timeout, idle, retry, mirrors) -> {
                    ObjectNode changed = spec.deepCopy();
                    if (changed.get("forward") instanceof ObjectNode forward) {
                        timeout.ifPresent(text -> forward.put("timeout", text));
                        idle.ifPresent(text -> forward.put("idleTimeout", text));
                        retry.ifPresent(to -> forward.set("retry", to));
                        mirrors.ifPresent(to -> forward.setAll(to));
                    }
                    return changed;
                });
    }

    private static Arbitrary<ObjectNode> retry() {
        Arbitrary<String> words = GeneratedPolicies.seldom(
                List.of("5xx", "gateway-error", "reset", "connect-failure", "unavailable"), List.of("x"));
        return Combinators.combine(
                        words.list().uniqueElements().ofMaxSize(3),
                        GeneratedPolicies.seldom(List.of(400, 503, 599), List.of(399))
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2),
                        GeneratedPolicies.seldom(List.of(1, 20), List.of(21)),
                        GeneratedPolicies.seldom(List.of("1ms", "1h"), List.of("0s"))
                                .optional(0.4),
                        Arbitraries.of("1ms", "25ms", "1s").tuple2().optional(0.5),
                        Arbitraries.of(true, false),
                        headers().optional(0.3).tuple2())
                .as((on, statuses, attempts, perTry, backOff, otherHost, headers) -> {
                    ObjectNode json =
                            JSON.objectNode().put("attempts", attempts).put("otherHost", otherHost);
                    on.forEach(json.putArray("on")::add);
                    statuses.forEach(json.putArray("statuses")::add);
                    headers.get1().ifPresent(list -> json.set("headers", list));
                    headers.get2().ifPresent(list -> json.set("onlyRequestsWith", list));
                    perTry.ifPresent(text -> json.put("perTryTimeout", text));
                    backOff.ifPresent(times ->
                            json.putObject("backOff").put("base", times.get1()).put("max", times.get2()));
                    return json;
                });
    }

    private static Arbitrary<ArrayNode> headers() {
        Arbitrary<ObjectNode> condition = Combinators.combine(
                        Arbitraries.of("x-a", "retry-after", "!#$"), Arbitraries.of("exact", "regex", "contains"))
                .as((name, word) -> JSON.objectNode().put("name", name).put(word, "a"));
        Arbitrary<ObjectNode> present = Arbitraries.of(true, false)
                .map(there -> JSON.objectNode().put("name", "x-b").put("present", there));
        return Arbitraries.oneOf(condition, present)
                .list()
                .ofMaxSize(2)
                .map(all -> JSON.arrayNode().addAll(all));
    }

    private static Arbitrary<ObjectNode> mirrors() {
        return Combinators.combine(Arbitraries.of("pool-0", "pool-1"), Arbitraries.of(0.0, 0.0001, 33.3, 100.0))
                .as((pool, percent) -> JSON.objectNode().put("pool", pool).put("percent", percent))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(all -> {
                    ObjectNode json = JSON.objectNode();
                    all.forEach(json.putArray("mirrors")::add);
                    return json;
                });
    }
}
