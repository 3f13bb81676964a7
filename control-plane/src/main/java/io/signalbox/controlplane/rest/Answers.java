package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The bits that answers are made of. */
final class Answers {
    static final String REVISION_HEADER = "Signalbox-Revision";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree can always be written
        }
    }

    /** What {@link #bytes} made of an object. */
    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Response.ResponseBuilder json(int status, JsonNode json) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(bytes(json));
    }

    static String etag(long revision) {
        return "\"" + revision + "\"";
    }
}
