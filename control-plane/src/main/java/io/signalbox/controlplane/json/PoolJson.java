package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;
import java.util.Optional;

final class PoolJson {
    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String LIMITS = "limits";

    private PoolJson() {}

    static void write(PoolSpec pool, ObjectNode json) {
        json.set("loadBalancing", LoadBalancingJson.write(pool.loadBalancing()));
        pool.connectTimeout().ifPresent(timeout -> json.put(CONNECT_TIMEOUT, Durations.text(timeout)));
        if (!pool.limits().equals(PoolLimits.USUAL)) {
            write(pool.limits(), json.putObject(LIMITS));
        }
        Fields.writeList(json, "endpoints", pool.endpoints(), PoolJson::write);
    }

    static PoolSpec read(JsonNode json) {
        return new PoolSpec(
                Fields.optional(json, "loadBalancing")
                        .map(LoadBalancingJson::read)
                        .orElseGet(LoadBalancing.RoundRobin::new),
                Fields.optionalDuration(json, CONNECT_TIMEOUT),
                Fields.optional(json, LIMITS).map(PoolJson::limits).orElse(PoolLimits.USUAL),
                Fields.list(json, "endpoints", PoolJson::endpoint));
    }

    private static void write(PoolLimits limits, ObjectNode json) {
        write(json, "connections", limits.connections());
        write(json, "pendingRequests", limits.pendingRequests());
        write(json, "requests", limits.requests());
        write(json, "retries", limits.retries());
        write(json, "requestsPerConnection", limits.requestsPerConnection());
    }

    private static void write(ObjectNode json, String field, Optional<Integer> value) {
        value.ifPresent(number -> json.put(field, number));
    }

    private static PoolLimits limits(JsonNode json) {
        return new PoolLimits(
                Fields.optionalInteger(json, "connections"),
                Fields.optionalInteger(json, "pendingRequests"),
                Fields.optionalInteger(json, "requests"),
                Fields.optionalInteger(json, "retries"),
                Fields.optionalInteger(json, "requestsPerConnection"));
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
