package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.progress.CanaryAssessment;
import io.signalbox.controlplane.progress.CanaryController;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** How canaries do. */
@Path("/api/v1/canaries/{name: [^/:]+}/analysis")
@Needs(Role.VIEWER)
public final class CanaryAnalysisResource {
    private final Head head;
    private final CanaryController controller;

    CanaryAnalysisResource(Head head, CanaryController controller) {
        this.head = head;
        this.controller = controller;
    }

    @GET
    public Response get(@PathParam("name") String name) {
        Resource<CanarySpec> canary = Optional.ofNullable(head.get().canaries().get(name))
                .orElseThrow(() -> new ProblemException(Refusals.notFound(new ResourceKey(Kind.CANARY, name))));
        return Answers.json(200, toJson(controller.assess(canary))).build();
    }

    private static ObjectNode toJson(CanaryAssessment assessment) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", Ascii.toLowerCase(assessment.verdict().name()))
                .put("reason", assessment.reason());
        assessment.due().ifPresent(due -> json.put("due", due.toString()));
        json.set("stable", OutcomesView.toJson(assessment.judgement().stable()));
        json.set("canary", OutcomesView.toJson(assessment.judgement().canary()));
        ArrayNode silent = json.putArray("silent");
        assessment
                .silent()
                .forEach(each -> silent.addObject()
                        .put("node", each.node())
                        .put("since", each.since().toString()));
        json.set("latency", LatencyReadingView.toJson(assessment.latency()));
        ArrayNode metrics = json.putArray("metrics");
        assessment.metrics().forEach(reading -> metrics.add(MetricReadingView.toJson(reading)));
        return json;
    }
}
