package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Locality;
import io.signalbox.controlplane.model.LocalityWeight;

/** Endpoints, and where they are. */
final class EndpointJson {
    private static final String LOCALITY = "locality";
    private static final String REGION = "region";
    private static final String ZONE = "zone";
    private static final String SUB_ZONE = "subZone";

    private EndpointJson() {}

    static ObjectNode write(Endpoint endpoint) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("address", endpoint.address())
                .put("port", endpoint.port())
                .put("weight", endpoint.weight());
        if (endpoint.priority() != 0) {
            json.put("priority", endpoint.priority());
        }
        if (endpoint.drain()) {
            json.put("drain", true);
        }
        if (!endpoint.locality().equals(Locality.NONE)) {
            write(endpoint.locality(), json.putObject(LOCALITY));
        }
        SubsetsJson.write(json, "labels", endpoint.labels());
        return json;
    }

    static Endpoint endpoint(JsonNode json) {
        return new Endpoint(
                Fields.string(json, "address"),
                Fields.integer(json, "port"),
                Fields.integer(json, "weight", 1),
                Fields.integer(json, "priority", 0),
                Fields.flag(json, "drain"),
                Fields.optional(json, LOCALITY).map(EndpointJson::locality).orElse(Locality.NONE),
                SubsetsJson.labels(json, "labels"));
    }

    static ObjectNode write(LocalityWeight weight) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        write(weight.locality(), json);
        return json.put("weight", weight.weight());
    }

    static LocalityWeight localityWeight(JsonNode json) {
        return new LocalityWeight(locality(json), Fields.integer(json, "weight", 1));
    }

    private static void write(Locality locality, ObjectNode json) {
        write(json, REGION, locality.region());
        write(json, ZONE, locality.zone());
        write(json, SUB_ZONE, locality.subZone());
    }

    private static void write(ObjectNode json, String field, String part) {
        if (!part.isEmpty()) {
            json.put(field, part);
        }
    }

    private static Locality locality(JsonNode json) {
        return new Locality(
                Fields.optionalString(json, REGION).orElse(""),
                Fields.optionalString(json, ZONE).orElse(""),
                Fields.optionalString(json, SUB_ZONE).orElse(""));
    }
}
