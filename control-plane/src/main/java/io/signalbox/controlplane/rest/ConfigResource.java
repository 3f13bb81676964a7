package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.LabelSelector;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.rest.body.FieldPath;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** The whole config, as one document. */
@Path("/api/v1/config")
@Needs(Role.VIEWER)
public final class ConfigResource {
    static final String PRUNE = "prune";

    private static final int LARGEST = 16 << 20;

    private final Head head;
    private final Drafts drafts;
    private final Writes writes;

    ConfigResource(Head head, Drafts drafts, Writes writes) {
        this.head = head;
        this.drafts = drafts;
        this.writes = writes;
    }

    @GET
    public Response get(@Context HttpHeaders headers) {
        Config config = head.get();
        String etag = Answers.etag(config.revision());
        if (Preconditions.readerHas(headers, config.revision())) {
            return Response.notModified().header(HttpHeaders.ETAG, etag).build();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", config.revision());
        ArrayNode list = json.putArray("resources");
        for (Kind kind : Kind.values()) {
            config.all(kind)
                    .values()
                    .forEach(resource ->
                            Refusals.keyed(list.addObject(), resource.key()).setAll(ResourceView.editable(resource)));
        }
        return Answers.json(200, json).header(HttpHeaders.ETAG, etag).build();
    }

    @PUT
    @Needs(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @TakesQuery({
        PRUNE,
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> put(
            @Auth Caller caller, @Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        Query query = new Query(uri);
        WriteOptions given = WriteOptions.of(query, headers);
        Predicate<Map<String, String>> pruned = query.find(PRUNE)
                .map(text -> LabelSelector.parse(text)
                        .orElseThrow(() -> Query.wrong(PRUNE, text, KindResource.SELECTOR_EXPECTED)))
                .orElse(labels -> false);
        JsonNode json = RequestBody.read(body, headers, LARGEST);
        Precondition expected = Preconditions.forExisting(headers);
        List<Violation> violations = drafts.checkConfig(json);
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        WriteOptions options = given.withReason(
                Optional.of(json.path("reason")).filter(JsonNode::isTextual).map(JsonNode::asText));
        Outcome outcome = writes.untilNotOvertaken(
                expected,
                current(expected),
                config -> writes.apply(
                        Writes.requestFor(config, changes(json.path("resources"), config, pruned), caller, options)),
                Function.identity());
        return writes.answerAll(outcome, options, ConfigResource::path);
    }

    /** @throws ProblemException when the newest config is not the one that is expected */
    private Config current(Precondition expected) {
        Config config = head.get();
        if (expected instanceof Precondition.Revision revision && revision.revision() != config.revision()) {
            Config newest = head.refresh();
            if (revision.revision() != newest.revision()) {
                throw new ProblemException(Refusals.configOvertaken(newest.revision()));
            }
            return newest;
        }
        return config;
    }

    /** Those of the document in its order, then the deletions. */
    private List<Change> changes(JsonNode list, Config config, Predicate<Map<String, String>> pruned) {
        List<Change> changes = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        Set<ResourceKey> named = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            JsonNode json = list.path(i);
            ResourceKey key = ChangesetResource.key(json);
            if (!named.add(key)) {
                violations.add(new Violation(path(i, ""), key + " again", "each resource once"));
            }
            Drafts.Draft draft = drafts.ofChangeset(key, asItIs(config.find(key)), json, config.find(key));
            draft.change().ifPresent(changes::add);
            draft.violations()
                    .forEach(v -> violations.add(new Violation(path(index, v.field()), v.found(), v.expected())));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        for (Kind kind : Kind.values()) {
            for (Resource<?> resource : config.all(kind).values()) {
                if (!named.contains(resource.key()) && pruned.test(resource.labels())) {
                    changes.add(new Change.Delete(resource.key(), asItIs(Optional.of(resource))));
                }
            }
        }
        return changes;
    }

    private static Precondition asItIs(Optional<Resource<?>> current) {
        return current.<Precondition>map(resource -> new Precondition.Revision(resource.revision()))
                .orElseGet(Precondition.MustNotExist::new);
    }

    private static String path(int index, String field) {
        String resource = FieldPath.item("resources", index);
        return field.isEmpty() ? resource : resource + "." + field;
    }
}
