package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Keyed;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.rest.Drafts.Draft;
import io.signalbox.controlplane.rest.body.FieldPath;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Many writes as one revision. */
@Path("/api/v1/changesets")
@Needs(Role.OPERATOR)
public final class ChangesetResource {
    private final Head head;
    private final Drafts drafts;
    private final Writes writes;

    ChangesetResource(Head head, Drafts drafts, Writes writes) {
        this.head = head;
        this.drafts = drafts;
        this.writes = writes;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> apply(
            @Auth Caller caller, @Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        JsonNode json = RequestBody.read(body, headers);
        List<Violation> violations = drafts.checkChangeset(json);
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        Optional<String> reason =
                Optional.of(json.path("reason")).filter(JsonNode::isTextual).map(JsonNode::asText);
        WriteOptions withReason = options.withReason(reason);
        Optional<Keyed> keyed = IdempotencyKey.of(headers, uri, json, withReason, Writes::storedAnswer);
        ChangeRequest request = Writes.request(changes(json.path("changes")), caller, withReason);
        return writes.answerAll(writes.apply(request.withKey(keyed)), withReason, ChangesetResource::path);
    }

    /** The place of a field of one change in the whole: {@code changes[2].spec.hosts[0]}. */
    static String path(int index, String field) {
        String change = FieldPath.item("changes", index);
        return field.isEmpty() ? change : change + "." + field;
    }

    private List<Change> changes(JsonNode list) {
        List<Change> changes = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        List<String> unconditional = new ArrayList<>();
        Set<ResourceKey> seen = new HashSet<>();
        Config config = current(list);
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            JsonNode json = list.path(i);
            ResourceKey key = key(json);
            if (!seen.add(key)) {
                violations.add(new Violation(path(i, ""), key + " again", "each resource once"));
            }
            checkPrecondition(i, json).ifPresent(violations::add);
            if (!json.has("ifMatch") && !json.has("ifNoneMatch")) {
                unconditional.add(path(i, ""));
                continue;
            }
            Draft draft = drafts.ofChangeset(key, precondition(json), json, config.find(key));
            draft.change().ifPresent(changes::add);
            draft.violations()
                    .forEach(violation -> violations.add(
                            new Violation(path(index, violation.field()), violation.found(), violation.expected())));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        } else if (!unconditional.isEmpty()) {
            throw new ProblemException(Preconditions.required(
                    "Neither ifMatch nor ifNoneMatch in " + Found.shorten(String.join(", ", unconditional))));
        }
        return changes;
    }

    /** As new as what the change set expects to find; a replica may lag behind. */
    private Config current(JsonNode list) {
        Config config = head.get();
        for (JsonNode json : list) {
            if (json.has("ifMatch") && !precondition(json).holds(config.find(key(json)))) {
                return head.refresh();
            }
        }
        return config;
    }

    private static Optional<Violation> checkPrecondition(int index, JsonNode json) {
        if (json.has("ifMatch") && json.has("ifNoneMatch")) {
            return Optional.of(
                    new Violation(path(index, ""), "ifMatch, ifNoneMatch", "only one of ifMatch, ifNoneMatch"));
        } else if (json.has("delete") && json.has("ifNoneMatch")) {
            return Optional.of(new Violation(path(index, "ifNoneMatch"), "\"*\" with delete", "ifMatch in its place"));
        }
        return Optional.empty();
    }

    static ResourceKey key(JsonNode json) {
        Kind kind = Kind.findBySingular(json.path("kind").asText()).orElseThrow();
        return new ResourceKey(kind, json.path("name").asText());
    }

    private static Precondition precondition(JsonNode json) {
        return json.has("ifMatch")
                ? Preconditions.ofChange(json.path("ifMatch").asText())
                : new Precondition.MustNotExist();
    }
}
