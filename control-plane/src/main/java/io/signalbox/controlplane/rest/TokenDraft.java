package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import io.signalbox.controlplane.validation.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A token as somebody wants it. */
record TokenDraft(Principal principal, Optional<Instant> expiresAt) {

    /** @throws ProblemException with all that is wrong */
    static TokenDraft parse(String name, JsonNode json, RequestSchemas schemas) {
        List<Violation> violations = new ArrayList<>(schemas.check("Token", json));
        if (json.has("name") && !json.path("name").equals(TextNode.valueOf(name))) {
            violations.add(new Violation(
                    "name", Found.describe(json.path("name")), Found.quote(name) + ", the name in the path"));
        }
        JsonNode spec = json.path("spec");
        JsonNode scope = spec.path("scope");
        Optional<Role> role = text(spec, "role").flatMap(Role::find);
        if (scope.isObject() && role.isPresent() && (role.get() == Role.ADMIN || role.get() == Role.VIEWER)) {
            violations.add(new Violation(
                    "spec.scope",
                    "a scope of a token with role " + role.get().word(),
                    "none; only operators and editors have one"));
        }
        Optional<Instant> expiresAt = text(spec, "expiresAt").flatMap(text -> instant(text, violations));
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        return new TokenDraft(
                new Principal(
                        name, role.orElseThrow(), new Scope(text(scope, "labelSelector"), text(scope, "hostSuffix"))),
                expiresAt);
    }

    private static Optional<Instant> instant(String text, List<Violation> violations) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            violations.add(new Violation("spec.expiresAt", Found.quote(text), "a time such as 2027-01-31T12:00:00Z"));
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
