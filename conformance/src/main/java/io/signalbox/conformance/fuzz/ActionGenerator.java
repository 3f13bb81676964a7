package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the actions of routes. */
final class ActionGenerator {
    private final Dice dice;

    ActionGenerator(Dice dice) {
        this.dice = dice;
    }

    /** Beside the action, and on it, now and then what is done to requests while they are carried out. */
    void putWithPolicies(ObjectNode route) {
        put(route);
        PolicyGenerator policies = new PolicyGenerator(dice);
        policies.put(route);
        if (route.path("action").path("forward") instanceof ObjectNode forward) {
            policies.putOnForward(forward);
        }
    }

    /** @param route whose match is there already, since a redirect may depend on it */
    void put(ObjectNode route) {
        ObjectNode action = route.putObject("action");
        int kind = dice.below(10);
        if (kind < 6) {
            ObjectNode forward = action.putObject("forward");
            forward(forward.putArray("pools"));
            if (dice.percent(30)) {
                rewrite(forward.putObject("rewrite"), route.path("match").path("path"));
            }
        } else if (kind < 9) {
            redirect(action.putObject("redirect"), hasPrefix(route.path("match").path("path")));
        } else {
            respond(action.putObject("respond"));
        }
    }

    private void forward(ArrayNode pools) {
        switch (dice.below(8)) {
            case 0 -> {
                pools.addObject().put("pool", Pools.SPLIT.get(0)).put("weight", 1 + dice.below(3));
                pools.addObject().put("pool", Pools.SPLIT.get(1)).put("weight", 1 + dice.below(3));
            }
            case 1 -> {
                pools.addObject().put("pool", dice.of("v1", "v2")).put("weight", 0);
                new HeaderGenerator(dice)
                        .put(pools.addObject().put("pool", "v3").put("weight", 1));
            }
            case 2 -> pools.addObject().put("pool", dice.of(Pools.EMPTY, Pools.DEAD));
            default -> pools.addObject().put("pool", dice.of(Pools.PLAIN));
        }
    }

    private static boolean hasPrefix(JsonNode path) {
        return path.isMissingNode() || path.has("prefix") || path.has("rawPrefix");
    }

    private void rewrite(ObjectNode rewrite, JsonNode matched) {
        if (dice.percent(40)) {
            host(rewrite.putObject("host"));
        }
        if (rewrite.isEmpty() || dice.percent(60)) {
            ObjectNode path = rewrite.putObject("path");
            if (hasPrefix(matched) && dice.percent(60)) {
                path.put("prefix", dice.of("/", "/z", "/z/", "/a/b"));
            } else if (matched.has("template") && dice.percent(60)) {
                boolean variable = matched.path("template").asText().contains("{x");
                path.put("template", variable ? dice.of("/{x}", "/z/{x}", "/z") : dice.of("/z", "/"));
            } else {
                regex(path.putObject("regex"));
            }
        }
    }

    private void host(ObjectNode host) {
        switch (dice.below(3)) {
            case 0 -> host.put("literal", dice.of("z.test", "z.test:81"));
            case 1 -> host.put("fromHeader", dice.of("x-a", "x-b"));
            default -> host.putObject("auto");
        }
        if (dice.percent(30)) {
            host.put("forwardOriginal", true);
        }
    }

    private void regex(ObjectNode regex) {
        regex.put("pattern", dice.of("^/a", "/(b)(/|$)", "a", "$", "[ab]+$"));
        regex.put("substitution", dice.of("/z", "/z\\0", "/\\0"));
    }

    /** @param prefix whether the path of its route is matched by one */
    void redirect(ObjectNode redirect, boolean prefix) {
        if (dice.percent(40)) {
            redirect.put("scheme", dice.of("http", "https"));
        }
        if (dice.percent(40)) {
            redirect.put("host", dice.of("z.test", "Z.test", "a.test"));
        }
        if (dice.percent(30)) {
            redirect.put("port", dice.of(80, 443, 8443));
        }
        boolean query = false;
        if (dice.percent(50)) {
            if (prefix && dice.percent(60)) {
                redirect.put("prefix", dice.of("/", "/z", "/z/", "/a/b"));
            } else if (dice.percent(30)) {
                regex(redirect.putObject("regex"));
            } else {
                String path = dice.of("/z", "/z?y=1", "/", "/z?");
                query = path.contains("?");
                redirect.put("path", path);
            }
        }
        if (redirect.isEmpty()) {
            redirect.put("host", "z.test");
        }
        if (dice.percent(50)) {
            redirect.put("status", dice.of(301, 302, 303, 307, 308));
        }
        if (!query && dice.percent(30)) {
            redirect.put("stripQuery", true);
        }
    }

    void respond(ObjectNode respond) {
        int status = dice.of(200, 204, 205, 304, 404, 418, 503, 299);
        respond.put("status", status);
        if (dice.percent(60) && status != 204 && status != 205 && status != 304) {
            respond.put("body", dice.of("x", "", "ü", "a\nb"));
        }
    }
}
