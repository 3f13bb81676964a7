package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.load.Latencies;
import java.util.OptionalDouble;

/** How long answers took, as the API shows it: in milliseconds. */
final class LatencyView {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private LatencyView() {}

    static ObjectNode toJson(Latencies latencies) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("answers", latencies.answers());
        put(json, "p50", latencies.quantile(MEDIAN));
        put(json, "p99", latencies.quantile(TAIL));
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalDouble millis) {
        millis.ifPresent(value -> json.put(name, Math.round(value * 1000) / 1000.0));
    }
}
