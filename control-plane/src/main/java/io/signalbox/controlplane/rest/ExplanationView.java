package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.explain.Explanation;
import io.signalbox.controlplane.explain.Explanation.Asked;
import io.signalbox.controlplane.explain.Explanation.Result;
import io.signalbox.controlplane.xds.Membership;
import java.util.Locale;

/** Explanations as users see them. */
final class ExplanationView {
    private static final int NOT_FOUND = 404;

    private ExplanationView() {}

    static ObjectNode toJson(Explanation explanation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("revision", explanation.revision()).put("listener", explanation.listener());
        if (!explanation.otherListeners().isEmpty()) {
            ArrayNode others = json.putArray("otherListeners");
            explanation.otherListeners().forEach(others::add);
        }
        json.set("request", toJson(explanation.request()));
        putResult(explanation.result(), json);
        explanation.virtualHost().ifPresent(host -> json.put("virtualHost", host));
        explanation.route().ifPresent(route -> json.put("route", route));
        explanation.unmatched().ifPresent(host -> json.put("unmatched", host));
        if (!explanation.possible().isEmpty()) {
            ArrayNode possible = json.putArray("possible");
            explanation.possible().forEach(each -> {
                ObjectNode object = possible.addObject();
                each.route().ifPresent(route -> object.put("route", route));
                object.put("probability", each.probability());
            });
        }
        if (!explanation.arms().isEmpty()) {
            ArrayNode arms = json.putArray("arms");
            explanation.arms().forEach(arm -> {
                ObjectNode object = arms.addObject()
                        .put("pool", arm.pool())
                        .put("weight", arm.weight())
                        .put("probability", arm.probability());
                arm.member().ifPresent(member -> put(member, object));
            });
        }
        ArrayNode stronger = json.putArray("stronger");
        explanation.stronger().forEach(candidate -> {
            ArrayNode unmet =
                    stronger.addObject().put("route", candidate.route()).putArray("unmet");
            candidate
                    .unmet()
                    .forEach(part -> unmet.addObject()
                            .put("field", part.field())
                            .put("found", part.found())
                            .put("expected", part.expected()));
        });
        return json.put("strongerOmitted", explanation.strongerOmitted());
    }

    private static void putResult(Result result, ObjectNode json) {
        if (result instanceof Result.Forward forward) {
            json.put("outcome", "forward");
            forward.pool().ifPresent(pool -> json.put("pool", pool));
            forward.member().ifPresent(member -> put(member, json));
            json.set("forwarded", toJson(forward.sent()));
        } else if (result instanceof Result.Redirect redirect) {
            json.put("outcome", "redirect").put("status", redirect.status()).put("location", redirect.location());
            redirect.reason().ifPresent(reason -> json.put("reason", reason));
        } else if (result instanceof Result.Respond respond) {
            json.put("outcome", "respond").put("status", respond.status());
            respond.body().ifPresent(body -> json.put("body", body));
        } else if (result instanceof Result.Rejected rejected) {
            json.put("outcome", "rejected").put("status", rejected.status()).put("reason", rejected.reason());
        } else {
            json.put("outcome", result instanceof Result.NoRoute ? "noRoute" : "noHost")
                    .put("status", NOT_FOUND);
        }
    }

    private static void put(Membership member, ObjectNode json) {
        String assigned = member.how().name().toLowerCase(Locale.ROOT);
        if (member instanceof Membership.OfCanary of) {
            json.putObject("canary")
                    .put("name", of.canary())
                    .put("side", of.onCanary() ? "canary" : "stable")
                    .put("assigned", assigned);
        } else if (member instanceof Membership.OfExperiment of) {
            json.putObject("experiment")
                    .put("name", of.experiment())
                    .put("variant", of.variant())
                    .put("assigned", assigned);
        }
    }

    private static ObjectNode toJson(Asked asked) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("method", asked.method())
                .put("scheme", asked.scheme())
                .put("host", asked.host())
                .put("path", asked.path());
    }
}
