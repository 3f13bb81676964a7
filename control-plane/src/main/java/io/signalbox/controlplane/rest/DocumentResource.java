package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The description of the API, for everybody. */
@Path("/")
@WithoutToken
public final class DocumentResource {
    private static final String YAML = "application/yaml"; // RFC 9512

    private final byte[] json;
    private final String yaml;

    /** @param document the same as {@code yaml}, parsed */
    DocumentResource(String yaml, JsonNode document) {
        this.yaml = yaml;
        this.json = Answers.bytes(document);
    }

    @GET
    @Path("openapi.json")
    public Response json() {
        return Response.ok(json, MediaType.APPLICATION_JSON).build();
    }

    @GET
    @Path("openapi.yaml")
    public Response yaml() {
        return Response.ok(yaml, YAML).build();
    }
}
