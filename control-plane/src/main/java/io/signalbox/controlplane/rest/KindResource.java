package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.signalbox.controlplane.rest.Drafts.Draft;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.rest.body.MergePatch;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resources of all kinds: {@code /api/v1/pools}, {@code /api/v1/pools/checkout}. */
@Path("/api/v1/{kinds: listeners|certificates|virtual-hosts|routes|route-tests|pools|canaries|experiments}")
@Needs(Role.VIEWER)
public final class KindResource {
    static final String LABEL_SELECTOR = "labelSelector";
    static final String SELECTOR_EXPECTED = "conditions such as team=payments,stage!=test,owner,!legacy";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Head head;
    private final PastRevisions past;
    private final Drafts drafts;
    private final Writes writes;

    KindResource(Head head, PastRevisions past, Drafts drafts, Writes writes) {
        this.head = head;
        this.past = past;
        this.drafts = drafts;
        this.writes = writes;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN, LABEL_SELECTOR})
    public Response list(@PathParam("kinds") String kinds, @Context UriInfo uri) {
        Query query = new Query(uri);
        Paging paging = Paging.of(query, kinds);
        Predicate<Map<String, String>> selected = query.find(LABEL_SELECTOR)
                .map(text -> LabelSelector.parse(text)
                        .orElseThrow(() -> Query.wrong(LABEL_SELECTOR, text, SELECTOR_EXPECTED)))
                .orElse(labels -> true);
        Config config = head.get();
        // A key followed by U+0000 is the very next key.
        Map<String, ? extends Resource<?>> rest = paging.after()
                .<Map<String, ? extends Resource<?>>>map(
                        last -> config.all(kind(kinds)).tailMap(last + "\0"))
                .orElse(config.all(kind(kinds)));
        Stream<Resource<?>> items =
                rest.values().stream().<Resource<?>>map(r -> r).filter(r -> selected.test(r.labels()));
        ResourceView view = new ResourceView(config);
        return Answers.json(200, paging.page(items, Resource::name, view::toJson))
                .build();
    }

    @GET
    @Path("{name}")
    @TakesQuery(PastRevisions.REVISION)
    public Response get(
            @PathParam("kinds") String kinds,
            @PathParam("name") String name,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Config config = past.asked(new Query(uri));
        Resource<?> resource = existing(config, new ResourceKey(kind(kinds), name));
        String etag = Answers.etag(resource.revision());
        return Preconditions.readerHas(headers, resource.revision())
                ? Response.notModified().header(HttpHeaders.ETAG, etag).build()
                : Answers.json(200, new ResourceView(config).toJson(resource))
                        .header(HttpHeaders.ETAG, etag)
                        .build();
    }

    @PUT
    @Needs(Role.OPERATOR)
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> put(
            @PathParam("kinds") String kinds,
            @PathParam("name") String name,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            InputStream body) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        ResourceKey key = new ResourceKey(kind(kinds), checkedName(name));
        JsonNode json = RequestBody.read(body, headers);
        Precondition precondition = Preconditions.forPut(headers);
        Draft draft =
                drafts.put(key, precondition, json, read(key, precondition).find(key));
        return writes.answerOne(writes.apply(List.of(valid(draft)), caller, options), options);
    }

    @PATCH
    @Needs(Role.OPERATOR)
    @Path("{name}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> patch(
            @PathParam("kinds") String kinds,
            @PathParam("name") String name,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            InputStream body) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        ResourceKey key = new ResourceKey(kind(kinds), name);
        JsonNode patch = RequestBody.read(body, headers);
        Precondition precondition = Preconditions.forExisting(headers);
        Outcome outcome = writes.untilNotOvertaken(
                precondition,
                read(key, precondition),
                config -> {
                    Resource<?> current = existing(config, key);
                    Preconditions.require(precondition, current);
                    return writes.apply(List.of(patched(key, current, patch)), caller, options);
                },
                Function.identity());
        return writes.answerOne(outcome, options);
    }

    @DELETE
    @Needs(Role.OPERATOR)
    @Path("{name}")
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> delete(
            @PathParam("kinds") String kinds,
            @PathParam("name") String name,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        ResourceKey key = new ResourceKey(kind(kinds), name);
        Change change = new Change.Delete(key, Preconditions.forExisting(headers));
        return writes.answerOne(writes.apply(List.of(change), caller, options), options);
    }

    /** The patch is for this state of the resource only, so no change of somebody else in between is lost. */
    private Change patched(ResourceKey key, Resource<?> current, JsonNode patch) {
        JsonNode result = MergePatch.apply(ResourceView.editable(current), patch);
        if (result instanceof ObjectNode object && !object.has("labels")) {
            object.set("labels", JsonNodeFactory.instance.objectNode()); // removed, or none before
        }
        return valid(drafts.put(key, new Precondition.Revision(current.revision()), result, Optional.of(current)));
    }

    /** What is there; where the write expects another state of the resource, as the store has it now. */
    private Config read(ResourceKey key, Precondition precondition) {
        Config config = head.get();
        return precondition.holds(config.find(key)) ? config : head.refresh();
    }

    private static Change valid(Draft draft) {
        return draft.change().orElseThrow(() -> new ProblemException(Problem.invalid(draft.violations())));
    }

    private static Resource<?> existing(Config config, ResourceKey key) {
        return config.find(key).orElseThrow(() -> new ProblemException(Refusals.notFound(key)));
    }

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(Problem.invalid(
                    new Violation("name", Found.quote(name), "1 to 63 of a-z, 0-9 and -, neither first nor last a -")));
        }
        return name;
    }

    private static Kind kind(String kinds) {
        return Kind.findByPlural(kinds).orElseThrow();
    }
}
