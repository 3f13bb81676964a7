package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Routes that now and then let clients go over to WebSocket, or are for tunnels. */
final class GeneratedUpgrades {
    private static final List<String> NOT_OF_TUNNELS = List.of("rewrite", "retry", "mirrors");

    private GeneratedUpgrades() {}

    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> routes) {
        return Combinators.combine(
                        routes,
                        Arbitraries.frequency(
                                Tuple.of(6, ""),
                                Tuple.of(1, "websocket"),
                                Tuple.of(2, "connect"),
                                Tuple.of(1, "spoilt")))
                .as((route, upgrade) -> {
                    if (!upgrade.isEmpty() && route.at("/action/forward/pools").isArray()) {
                        upgrade(route, upgrade);
                    }
                    return route;
                });
    }

    /** @param upgrade {@code spoilt} for a tunnel that keeps what it may not have */
    private static void upgrade(ObjectNode route, String upgrade) {
        ObjectNode forward = route.withObject("/action/forward");
        forward.putArray("upgrades").add(upgrade.equals("spoilt") ? "connect" : upgrade);
        route.remove("maxRequestBody");
        if (upgrade.equals("connect")) {
            ObjectNode match = route.withObject("/match");
            match.remove(List.of("path", "query"));
            match.putArray("methods").add("CONNECT");
            forward.remove(NOT_OF_TUNNELS);
        }
    }
}
