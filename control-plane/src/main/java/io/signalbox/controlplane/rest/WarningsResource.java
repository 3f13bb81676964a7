package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.explain.ConfigReview;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** What is suspicious in the config as it is. */
@Path("/api/v1/warnings")
@Needs(Role.VIEWER)
public final class WarningsResource {
    private final Head head;
    private final ConfigReview review = new ConfigReview();

    WarningsResource(Head head) {
        this.head = head;
    }

    @GET
    public Response list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("items", WarningView.toJson(review.warnings(head.get())));
        return Answers.json(200, json).build();
    }
}
