package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Keyed;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.change.Rollback;
import io.signalbox.controlplane.model.Config;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Back to what an earlier revision said, as a new revision. */
@Path("/api/v1/revisions")
@Needs(Role.OPERATOR)
public final class RollbackResource {
    private final Head head;
    private final PastRevisions past;
    private final Rollback rollback;
    private final Writes writes;

    RollbackResource(Head head, PastRevisions past, Rollback rollback, Writes writes) {
        this.head = head;
        this.past = past;
        this.rollback = rollback;
        this.writes = writes;
    }

    @POST
    @Path(RevisionsResource.REVISION + ":rollback")
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> rollBack(
            @PathParam("revision") String revision,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        long n = past.existing(revision);
        WriteOptions given = WriteOptions.of(new Query(uri), headers);
        WriteOptions options = given.withReason(given.reason().or(() -> Optional.of("Rollback to revision " + n)));
        Precondition precondition = Preconditions.forExisting(headers);
        Optional<Keyed> keyed =
                IdempotencyKey.of(headers, uri, MissingNode.getInstance(), options, Writes::storedAnswer);
        Function<Config, Attempt> rollingBack = config -> {
            List<Change> changes = rollback.to(n, config);
            ChangeRequest request = request(changes, madeFor(changes, precondition, config), keyed, caller, options);
            return new Attempt(changes, writes.apply(request));
        };
        Writes.requireReasonToOverride(options);
        Attempt attempt = writes.untilNotOvertaken(precondition, head.refresh(), rollingBack, Attempt::outcome);
        return answer(n, attempt, options);
    }

    private record Attempt(List<Change> changes, Outcome outcome) {
        String place(int index, String field) {
            return changes.isEmpty() ? field : changes.get(index).key() + ": " + field;
        }
    }

    /**
     * For {@code *} each change holds for what it replaces, so that writes to other resources at the same moment do not
     * stop it; else the whole config must be the expected one.
     */
    private static OptionalLong madeFor(List<Change> changes, Precondition precondition, Config config) {
        if (precondition instanceof Precondition.Revision expected) {
            return OptionalLong.of(expected.revision());
        }
        return changes.isEmpty() ? OptionalLong.of(config.revision()) : OptionalLong.empty();
    }

    private static ChangeRequest request(
            List<Change> changes, OptionalLong madeFor, Optional<Keyed> keyed, Caller caller, WriteOptions options) {
        return new ChangeRequest(
                changes,
                caller.author(),
                options.reason(),
                options.dryRun(),
                madeFor,
                keyed,
                options.confirmWithin(),
                OptionalLong.empty(),
                options.overrideRouteTests());
    }

    private CompletionStage<Response> answer(long n, Attempt attempt, WriteOptions options) {
        if (attempt.outcome() instanceof Outcome.Invalid) {
            Problem problem = Refusals.of(attempt.outcome(), attempt::place);
            throw new ProblemException(new Problem(
                    409,
                    "no-longer-valid",
                    "The earlier config is not valid any more",
                    "Revision " + n + ": " + problem.detail(),
                    problem.more(),
                    problem.headers()));
        }
        return writes.answerAll(attempt.outcome(), options, attempt::place);
    }
}
