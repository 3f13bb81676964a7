package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.explain.CurlLine;
import io.signalbox.controlplane.explain.Explainer;
import io.signalbox.controlplane.explain.UnfitRequest;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Why a request goes where it goes. */
@Path("/api/v1/explain")
@Needs(Role.VIEWER)
public final class ExplainResource {
    private static final List<String> SAID_BY_CURL = List.of("scheme", "method", "path", "headers", "cookies");

    private final Head head;
    private final PastRevisions past;
    private final RequestSchemas schemas;
    private final Explainer explainer = new Explainer();

    ExplainResource(Head head, PastRevisions past, RequestSchemas schemas) {
        this.head = head;
        this.past = past;
        this.schemas = schemas;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response explain(@Context HttpHeaders headers, InputStream body) {
        JsonNode json = RequestBody.read(body, headers);
        List<Violation> violations = schemas.check("ExplainRequest", json);
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        Config config = config(json.path("revision"));
        OptionalLong random =
                json.has("random") ? OptionalLong.of(json.path("random").longValue()) : OptionalLong.empty();
        try {
            return Answers.json(200, ExplanationView.toJson(explainer.explain(config, request(json), random)))
                    .build();
        } catch (UnfitRequest e) {
            throw new ProblemException(Problem.invalid(e.violation()));
        }
    }

    private static SampleRequest request(JsonNode json) throws UnfitRequest {
        if (!json.has("curl")) {
            return ModelJson.requestFromJson(json);
        }
        List<Violation> beside = SAID_BY_CURL.stream()
                .filter(json::has)
                .map(field -> new Violation(field, "stands beside curl", "one of both"))
                .toList();
        if (!beside.isEmpty()) {
            throw new ProblemException(Problem.invalid(beside));
        }
        return CurlLine.parse(json.path("curl").asText(), text(json, "listener"))
                .withClient(text(json, "client"));
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private Config config(JsonNode revision) {
        return revision.isMissingNode() ? head.get() : past.config(revision.asText());
    }
}
