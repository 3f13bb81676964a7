package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes policies whose effect neither the clock nor chance decides. */
final class PolicyGenerator {
    private final Dice dice;

    PolicyGenerator(Dice dice) {
        this.dice = dice;
    }

    /** Those of routes and of virtual hosts. */
    void put(ObjectNode spec) {
        if (dice.percent(20)) {
            cors(spec.putObject("cors"));
        }
        if (dice.percent(5)) {
            rateLimit(spec.putObject("rateLimit"));
        }
    }

    private void cors(ObjectNode cors) {
        if (dice.percent(10)) {
            cors.putObject("disabled");
            return;
        }
        if (dice.percent(90)) {
            origins(cors.putArray("origins"));
        }
        if (dice.percent(50)) {
            dice.some(1, 2, List.of("GET", "POST", "PUT")).forEach(cors.putArray("methods")::add);
        }
        if (dice.percent(30)) {
            dice.some(1, 2, List.of("x-a", "X-B")).forEach(cors.putArray("headers")::add);
        }
        if (dice.percent(30)) {
            dice.some(1, 2, List.of("x-a", "vary")).forEach(cors.putArray("exposeHeaders")::add);
        }
        if (dice.percent(30)) {
            cors.put("maxAge", dice.of("0s", "10m"));
        }
        if (dice.percent(40)) {
            cors.put("credentials", dice.percent(70));
        }
    }

    private void origins(ArrayNode origins) {
        int count = 1 + dice.below(2);
        for (int i = 0; i < count; i++) {
            ObjectNode origin = origins.addObject();
            switch (dice.below(6)) {
                case 0, 1 -> origin.put("exact", dice.of(Alphabet.ORIGINS));
                case 2 -> origin.put("prefix", dice.of("http", "https://", "*"));
                case 3 -> origin.put("suffix", dice.of(".test", "a.test", ":81"));
                case 4 -> origin.put("exact", "*");
                default -> origin.put("regex", dice.of("https?://a\\.test", ".*", "[^:]*"));
            }
            if (dice.percent(20)) {
                origin.put("ignoreCase", true);
            }
        }
    }

    /** The first request takes what there is for a long time. */
    private void rateLimit(ObjectNode limit) {
        if (dice.percent(30)) {
            limit.putObject("disabled");
            return;
        }
        limit.put("requests", 1).put("per", "24h");
        if (dice.percent(30)) {
            limit.put("status", 503);
        }
    }

    void putOnForward(ObjectNode forward) {
        if (dice.percent(10)) {
            forward.remove("pools");
            forward.putObject("poolFromHeader")
                    .put("name", dice.of("x-a", "X-C"))
                    .putArray("pools")
                    .add("v1")
                    .add(Pools.DEAD);
        } else if (dice.percent(10)) {
            forward.putArray("pools").addObject().put("pool", dice.of(Pools.HASHED));
        }
        if (Pools.HASHED.contains(forward.path("pools").path(0).path("pool").asText()) || dice.percent(15)) {
            hash(forward.putArray("hash"));
        }
        if (dice.percent(20)) {
            forward.put("timeout", dice.of("0s", "2s", "20s", "1.5s"));
        }
        if (dice.percent(10)) {
            forward.put("idleTimeout", dice.of("0s", "30s"));
        }
        if (dice.percent(20)) {
            retry(forward.putObject("retry"));
        }
        if (dice.percent(5)) {
            forward.putArray("mirrors").addObject().put("pool", dice.of("v1", Pools.DEAD, Pools.EMPTY));
        }
        if (dice.percent(10)) {
            forward.putArray("upgrades").add("websocket");
        }
    }

    /** The last part is there for every request, so that no choice is left to chance. */
    private void hash(ArrayNode hash) {
        int count = dice.below(3);
        for (int i = 0; i < count; i++) {
            ObjectNode part = hash.addObject();
            switch (dice.below(3)) {
                case 0 -> part.put("header", dice.of(Alphabet.HEADERS));
                case 1 -> part.putObject("cookie").put("name", dice.of(Alphabet.COOKIES));
                default -> part.put("query", dice.of(Alphabet.PARAMETERS));
            }
            if (dice.percent(30)) {
                part.put("terminal", true);
            }
            if (i == 1 && part.equals(hash.get(0))) {
                hash.remove(1);
            }
        }
        hash.addObject().putObject("sourceIp");
    }

    private void retry(ObjectNode retry) {
        if (dice.percent(80)) {
            dice.some(1, 3, List.of("5xx", "gateway-error", "reset", "connect-failure", "retriable-4xx", "unavailable"))
                    .forEach(retry.putArray("on")::add);
        } else {
            dice.some(1, 2, List.of(404, 409, 503)).forEach(retry.putArray("statuses")::add);
        }
        retry.put("attempts", 1 + dice.below(2));
        retry.putObject("backOff").put("base", "1ms");
        if (dice.percent(30)) {
            retry.put("perTryTimeout", dice.of("1s", "30s"));
        }
        if (dice.percent(30)) {
            retry.put("otherHost", true);
        }
    }
}
