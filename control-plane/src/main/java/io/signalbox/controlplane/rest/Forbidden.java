package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Outcome.Denial;
import jakarta.ws.rs.core.HttpHeaders;

/** 403: what it takes, and what the caller has. */
final class Forbidden {
    /** RFC 6750, section 3. */
    static final String CHALLENGE = "Bearer realm=\"signalbox\"";

    private Forbidden() {}

    static Problem because(Principal principal, Decision.Refused refused) {
        Problem problem = problem(principal, refused.needed() + " is needed");
        put(problem.more().putArray("denials").addObject(), refused);
        return problem;
    }

    static Problem of(Outcome.Forbidden outcome) {
        Denial first = outcome.denials().get(0);
        int count = outcome.denials().size();
        String detail = first.key() + ": " + first.why().needed() + " is needed";
        Problem problem = problem(outcome.author(), count == 1 ? detail : detail + ", and " + (count - 1) + " more");
        ArrayNode list = problem.more().putArray("denials");
        outcome.denials().forEach(denial -> put(Refusals.keyed(list.addObject(), denial.key()), denial.why()));
        return problem;
    }

    static Problem withoutRole(String name) {
        return Problem.of(403, "forbidden", "You may not do this", "No role is granted to " + name + ".")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"insufficient_scope\"");
    }

    static Problem toEverybody(Principal principal) {
        return problem(principal, "Nobody may do this: it is not said who may.");
    }

    private static Problem problem(Principal principal, String detail) {
        Problem problem = Problem.of(403, "forbidden", "You may not do this", detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"insufficient_scope\"");
        ObjectNode who = problem.more().putObject("principal");
        who.put("name", principal.name()).put("role", principal.role().word());
        if (!principal.scope().isEverything()) {
            who.set("scope", toJson(principal.scope()));
        }
        return problem;
    }

    static ObjectNode toJson(Scope scope) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        scope.labelSelector().ifPresent(selector -> json.put("labelSelector", selector));
        scope.hostSuffix().ifPresent(suffix -> json.put("hostSuffix", suffix));
        return json;
    }

    private static void put(ObjectNode json, Decision.Refused refused) {
        json.put("needed", refused.needed()).put("found", refused.found());
    }
}
