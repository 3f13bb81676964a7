package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error as users see it: RFC 9457, {@code application/problem+json}.
 *
 * @param type the last word of the type's URN; stable
 * @param more further members of the object
 */
record Problem(int status, String type, String title, String detail, ObjectNode more, Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** Of more violations than these only the number is told. */
    private static final int MOST_VIOLATIONS = 200;

    static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, JsonNodeFactory.instance.objectNode(), Map.of());
    }

    static Problem invalid(Violation violation) {
        return invalid(java.util.List.of(violation));
    }

    static Problem invalid(Collection<Violation> violations) {
        return withViolations(400, "invalid", "The request is not valid", violations);
    }

    /** For what passes our own rules, and not those of Envoy's own messages. */
    static Problem unpublishable(Collection<Violation> violations) {
        return withViolations(422, "unpublishable", "Proxies would refuse it", violations);
    }

    private static Problem withViolations(int status, String type, String title, Collection<Violation> violations) {
        int count = violations.size();
        String detail = count == 1 ? "1 violation" : count + " violations";
        if (count > MOST_VIOLATIONS) {
            detail += ", of which the first " + MOST_VIOLATIONS + " are listed";
        }
        Problem problem = of(status, type, title, detail);
        ArrayNode list = problem.more.putArray("violations");
        violations.stream()
                .limit(MOST_VIOLATIONS)
                .forEach(violation -> list.addObject()
                        .put("field", violation.field())
                        .put("found", violation.found())
                        .put("expected", violation.expected())
                        .put("message", violation.message()));
        return problem;
    }

    static Problem notFound(String detail) {
        return of(404, "not-found", "There is no such resource", detail);
    }

    Problem withHeader(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new Problem(status, type, title, detail, more, all);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:signalbox:problem:" + type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        json.setAll(more);
        return json;
    }

    Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(Answers.bytes(toJson()));
        headers.forEach(response::header);
        return response.build();
    }
}
