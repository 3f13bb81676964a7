package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes header changes, of routes and of pools of a split. */
final class HeaderGenerator {
    private static final List<String> OF_REQUESTS = List.of(
            "x-a",
            "x-a",
            "X-B",
            "accept",
            "user-agent",
            "cookie",
            "via",
            "x-forwarded-for",
            "x-request-id",
            "cache-control");

    private static final List<String> OF_RESPONSES = List.of(
            "x-a",
            "X-B",
            "content-type",
            "vary",
            "set-cookie",
            "location",
            "server",
            "cache-control",
            "x-envoy-upstream-service-time");

    private static final List<String> VALUES = List.of(
            "v",
            "100%%",
            "%REQ(x-a)%",
            "<%REQ(X-C?x-b)%>",
            "%REQ(accept):2%",
            "%REQ(:path)%",
            "%REQ(:authority)%",
            "%REQ(:method)% %PROTOCOL%",
            "%REQ(cookie)%",
            "%REQ(user-agent?x-forwarded-for)%",
            "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
            "ü",
            "%REQ(x-a?x-b):1%",
            "%REQ(X-Envoy-Original-Path?:path)%",
            "%REQ(:scheme)% %ROUTE_NAME%",
            "%UPSTREAM_CLUSTER%",
            "%START_TIME(%Y)%",
            "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%");

    private final Dice dice;

    HeaderGenerator(Dice dice) {
        this.dice = dice;
    }

    /** Now and then, beside what the object says already. */
    void put(ObjectNode object) {
        if (dice.percent(25)) {
            changes(object.putObject("requestHeaders"), OF_REQUESTS, "%REQ(x-b)%");
        }
        if (dice.percent(25)) {
            changes(object.putObject("responseHeaders"), OF_RESPONSES, "%RESP(content-type?x-a)%");
        }
    }

    private void changes(ObjectNode changes, List<String> names, String ofItsOwn) {
        for (String word : List.of("set", "setIfPresent", "setIfAbsent", "add")) {
            if (dice.percent(40)) {
                values(changes.putArray(word), names, ofItsOwn);
            }
        }
        if (dice.percent(30)) {
            dice.some(1, 2, names.stream().distinct().toList()).forEach(changes.putArray("remove")::add);
        }
    }

    private void values(ArrayNode values, List<String> names, String ofItsOwn) {
        Set<String> used = new HashSet<>();
        int count = 1 + dice.below(2);
        for (int i = 0; i < count; i++) {
            String name = dice.of(names);
            if (used.add(name)) {
                values.addObject().put("name", name).put("value", dice.percent(15) ? ofItsOwn : dice.of(VALUES));
            }
        }
    }
}
