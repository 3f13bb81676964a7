package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.ApplyChanges;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Outcome.Applied;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.change.Written;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.StoredAnswer;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes changes and tells what became of them, at once or when the proxies have them. Any thread. */
final class Writes {
    /** How often a write for whatever there is starts again because somebody else was faster. */
    private static final int ATTEMPTS = 20;

    private final Head head;
    private final ApplyChanges changes;
    private final Nodes nodes;
    private final Executor answering;

    /** @param answering writes answers that were waited for, so that the threads that serve proxies do not */
    Writes(Head head, ApplyChanges changes, Nodes nodes, Executor answering) {
        this.head = head;
        this.changes = changes;
        this.nodes = nodes;
        this.answering = answering;
    }

    Outcome apply(List<Change> list, Caller caller, WriteOptions options) {
        return changes.apply(request(list, caller, options));
    }

    Outcome apply(ChangeRequest request) {
        return changes.apply(request);
    }

    /**
     * Makes a write, and when others wrote at the same moment makes it again for what there is then. Who expects a certain
     * revision is told instead, and is to look again himself.
     *
     * @param first what it is made for at first
     * @param attempt decides on the changes and makes them; what it throws ends it
     * @return what came of the last attempt
     */
    <T> T untilNotOvertaken(
            Precondition expected, Config first, Function<Config, T> attempt, Function<T, Outcome> outcome) {
        T made = attempt.apply(first);
        for (int attempts = 1; attempts < ATTEMPTS; attempts++) {
            if (expected instanceof Precondition.Revision
                    || !outcome.apply(made).isOvertaken()) {
                return made;
            }
            made = attempt.apply(head.refresh());
        }
        return made;
    }

    static ChangeRequest request(List<Change> list, Caller caller, WriteOptions options) {
        requireReasonToOverride(options);
        return new ChangeRequest(list, caller.author(), options.reason(), options.dryRun())
                .confirmedWithin(options.confirmWithin())
                .overridingRouteTests(options.overrideRouteTests());
    }

    /** What was found for one config and holds for no other; it may be nothing at all. */
    static ChangeRequest requestFor(Config config, List<Change> list, Caller caller, WriteOptions options) {
        requireReasonToOverride(options);
        return new ChangeRequest(
                list,
                caller.author(),
                options.reason(),
                options.dryRun(),
                OptionalLong.of(config.revision()),
                Optional.empty(),
                options.confirmWithin(),
                OptionalLong.empty(),
                options.overrideRouteTests());
    }

    /** The history is to say why. */
    static void requireReasonToOverride(WriteOptions options) {
        if (options.overrideRouteTests() && options.reason().isEmpty()) {
            throw Query.wrong(
                    WriteOptions.OVERRIDE_ROUTE_TESTS,
                    "true",
                    "a reason beside it, in the header " + WriteOptions.REASON_HEADER + " or a change set's reason");
        }
    }

    /** Answers a write to one resource. */
    CompletionStage<Response> answerOne(Outcome outcome, WriteOptions options) {
        Applied applied = applied(outcome, (index, field) -> field);
        Written written = applied.written().get(0);
        Optional<ObjectNode> resource = written.now().map(new ResourceView(applied.after())::toJson);
        ObjectNode body = resource.orElseGet(() -> revision(applied));
        addWarnings(body, applied);
        boolean withoutBody = resource.isEmpty() && !(options.dryRun() && options.representation());
        if (withoutBody && options.patience().isEmpty()) {
            return done(withRevision(Response.noContent(), applied.revision()));
        }
        int status = written.result() == Written.Result.CREATED ? 201 : 200;
        return answer(applied, body, status, options, response -> {
            written.now().ifPresent(now -> response.header(HttpHeaders.ETAG, Answers.etag(now.revision())));
            if (written.result() == Written.Result.CREATED) {
                response.location(URI.create("/api/v1/" + written.key()));
            }
            if (resource.isEmpty() && options.representation()) {
                response.header("Preference-Applied", WriteOptions.REPRESENTATION);
            }
        });
    }

    /** Answers a set of changes. */
    CompletionStage<Response> answerAll(
            Outcome outcome, WriteOptions options, BiFunction<Integer, String, String> place) {
        if (outcome instanceof Outcome.Replayed replayed) {
            return answerAgain(replayed.answer(), options);
        }
        Applied applied = applied(outcome, place);
        return answer(applied, bodyOfAll(applied), 200, options, response -> {});
    }

    /** What is answered to a set of changes, but for what became of it on the proxies. */
    static StoredAnswer storedAnswer(Applied applied) {
        return new StoredAnswer(
                200, applied.revision(), new String(Answers.bytes(bodyOfAll(applied)), StandardCharsets.UTF_8));
    }

    private static ObjectNode bodyOfAll(Applied applied) {
        ObjectNode body = revision(applied);
        ResourceView view = new ResourceView(applied.after());
        ArrayNode list = body.putArray("changes");
        for (Written written : applied.written()) {
            ObjectNode change = Refusals.keyed(list.addObject(), written.key())
                    .put("result", written.result().name().toLowerCase(Locale.ROOT));
            written.now().ifPresent(now -> change.set("resource", view.toJson(now)));
        }
        addWarnings(body, applied);
        return body;
    }

    private static void addWarnings(ObjectNode body, Applied applied) {
        if (!applied.warnings().isEmpty()) {
            body.set("warnings", WarningView.toJson(applied.warnings()));
        }
    }

    private static ObjectNode revision(Applied applied) {
        return JsonNodeFactory.instance.objectNode().put("revision", applied.revision());
    }

    private static Applied applied(Outcome outcome, BiFunction<Integer, String, String> place) {
        if (outcome instanceof Applied applied) {
            return applied;
        }
        throw new ProblemException(Refusals.of(outcome, place));
    }

    private interface Headers {
        void addTo(ResponseBuilder response);
    }

    private CompletionStage<Response> answer(
            Applied applied, ObjectNode body, int status, WriteOptions options, Headers headers) {
        applied.preview().ifPresent(preview -> {
            body.put("dryRun", true);
            body.set("diff", DiffView.toJson(applied, preview));
        });
        if (options.patience().isEmpty()) {
            ResponseBuilder response = withRevision(Answers.json(status, body), applied.revision());
            headers.addTo(response);
            return done(response);
        }
        return whenApplied(
                toWaitFor(applied), applied.revision(), body, options.patience().get(), headers);
    }

    private CompletionStage<Response> answerAgain(StoredAnswer stored, WriteOptions options) {
        if (options.patience().isEmpty()) {
            return done(withRevision(
                    Response.status(stored.status())
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .entity(stored.body().getBytes(StandardCharsets.UTF_8)),
                    stored.revision()));
        }
        // What the proxies have by now is no part of what was done; it is looked at again.
        ObjectNode body = Answers.object(stored.body());
        return whenApplied(
                stored.revision(), stored.revision(), body, options.patience().get(), response -> {});
    }

    private CompletionStage<Response> whenApplied(
            long toWaitFor, long revision, ObjectNode body, Duration patience, Headers headers) {
        return nodes.whenApplied(toWaitFor, patience)
                .thenApplyAsync(
                        propagation -> {
                            body.put("applied", propagation.applied());
                            body.set("propagation", NodeView.toJson(propagation));
                            ResponseBuilder response =
                                    withRevision(Answers.json(propagation.applied() ? 200 : 202, body), revision);
                            headers.addTo(response);
                            return response.build();
                        },
                        answering);
    }

    /** Who changed nothing waits for what made it so, not for what others did since. */
    private static long toWaitFor(Applied applied) {
        boolean unchanged = applied.written().stream().allMatch(w -> w.result() == Written.Result.UNCHANGED);
        return unchanged
                ? applied.written().stream()
                        .flatMap(w -> w.now().stream())
                        .mapToLong(now -> now.revision())
                        .max()
                        .orElse(applied.revision())
                : applied.revision();
    }

    private static ResponseBuilder withRevision(ResponseBuilder response, long revision) {
        return response.header(Answers.REVISION_HEADER, revision);
    }

    private static CompletionStage<Response> done(ResponseBuilder response) {
        return CompletableFuture.completedFuture(response.build());
    }
}
