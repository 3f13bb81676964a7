package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import java.util.List;

final class PoolJson {
    private PoolJson() {}

    static void write(PoolSpec pool, ObjectNode json) {
        json.putObject("loadBalancing").putObject(word(pool.loadBalancing()));
        Fields.writeList(json, "endpoints", pool.endpoints(), PoolJson::write);
    }

    static PoolSpec read(JsonNode json) {
        return new PoolSpec(
                Fields.optional(json, "loadBalancing")
                        .map(PoolJson::loadBalancing)
                        .orElseGet(LoadBalancing.RoundRobin::new),
                Fields.list(json, "endpoints", PoolJson::endpoint));
    }

    private static String word(LoadBalancing loadBalancing) {
        return loadBalancing instanceof LoadBalancing.LeastRequest ? "leastRequest" : "roundRobin";
    }

    private static LoadBalancing loadBalancing(JsonNode json) {
        return switch (Fields.choice(json, List.of("roundRobin", "leastRequest"))
                .getKey()) {
            case "leastRequest" -> new LoadBalancing.LeastRequest();
            default -> new LoadBalancing.RoundRobin();
        };
    }

    private static ObjectNode write(Endpoint endpoint) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", endpoint.address())
                .put("port", endpoint.port())
                .put("weight", endpoint.weight());
    }

    private static Endpoint endpoint(JsonNode json) {
        return new Endpoint(
                Fields.string(json, "address"), Fields.integer(json, "port"), Fields.integer(json, "weight", 1));
    }
}
