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
import io.signalbox.controlplane.change.Written;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Makes changes and tells what became of them, at once or when the proxies have them. Any thread. */
final class Writes {
    private final ApplyChanges changes;
    private final Head head;
    private final Nodes nodes;
    private final Executor answering;

    /** @param answering writes answers that were waited for, so that the threads that serve proxies do not */
    Writes(ApplyChanges changes, Head head, Nodes nodes, Executor answering) {
        this.changes = changes;
        this.head = head;
        this.nodes = nodes;
        this.answering = answering;
    }

    Outcome apply(List<Change> list, Caller caller, WriteOptions options) {
        return changes.apply(new ChangeRequest(list, caller.author(), options.reason(), options.dryRun()));
    }

    /** Answers a write to one resource. */
    CompletionStage<Response> answerOne(Outcome outcome, WriteOptions options) {
        if (!(outcome instanceof Applied applied)) {
            throw new ProblemException(Refusals.of(outcome, (index, field) -> field));
        }
        Written written = applied.written().get(0);
        Optional<ObjectNode> resource = written.now().map(new ResourceView(head.get())::toJson);
        ObjectNode body =
                resource.orElseGet(() -> JsonNodeFactory.instance.objectNode().put("revision", applied.revision()));
        if (resource.isEmpty() && options.patience().isEmpty()) {
            return done(withRevision(Response.noContent(), applied));
        }
        int status = written.result() == Written.Result.CREATED ? 201 : 200;
        return answer(applied, body, status, options, response -> {
            written.now().ifPresent(now -> response.header(HttpHeaders.ETAG, Answers.etag(now.revision())));
            if (written.result() == Written.Result.CREATED) {
                response.location(URI.create("/api/v1/" + written.key()));
            }
        });
    }

    /** Answers a change set. */
    CompletionStage<Response> answerAll(Outcome outcome, WriteOptions options) {
        if (!(outcome instanceof Applied applied)) {
            throw new ProblemException(Refusals.of(outcome, (index, field) -> ChangesetResource.path(index, field)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("revision", applied.revision());
        ResourceView view = new ResourceView(head.get());
        ArrayNode list = body.putArray("changes");
        for (Written written : applied.written()) {
            ObjectNode change = Refusals.keyed(list.addObject(), written.key())
                    .put("result", written.result().name().toLowerCase(Locale.ROOT));
            written.now().ifPresent(now -> change.set("resource", view.toJson(now)));
        }
        return answer(applied, body, 200, options, response -> {});
    }

    private interface Headers {
        void addTo(ResponseBuilder response);
    }

    private CompletionStage<Response> answer(
            Applied applied, ObjectNode body, int status, WriteOptions options, Headers headers) {
        if (options.dryRun()) {
            body.put("dryRun", true);
        }
        if (options.patience().isEmpty()) {
            ResponseBuilder response = withRevision(Answers.json(status, body), applied);
            headers.addTo(response);
            return done(response);
        }
        return nodes.whenApplied(toWaitFor(applied), options.patience().get())
                .thenApplyAsync(
                        propagation -> {
                            body.put("applied", propagation.applied());
                            body.set("propagation", NodeView.toJson(propagation));
                            ResponseBuilder response =
                                    withRevision(Answers.json(propagation.applied() ? 200 : 202, body), applied);
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

    private static ResponseBuilder withRevision(ResponseBuilder response, Applied applied) {
        return response.header(Answers.REVISION_HEADER, applied.revision());
    }

    private static CompletionStage<Response> done(ResponseBuilder response) {
        return CompletableFuture.completedFuture(response.build());
    }
}
