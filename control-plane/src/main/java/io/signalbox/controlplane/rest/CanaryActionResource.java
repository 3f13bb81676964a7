package io.signalbox.controlplane.rest;

import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.progress.CanaryAction;
import io.signalbox.controlplane.progress.CanaryPlan;
import io.signalbox.controlplane.progress.CanaryPlan.Situation;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Moves canaries on their way: {@code POST /api/v1/canaries/payment-v2:start}. */
@Path("/api/v1/canaries/{name: [^/:]+}:{action: start|advance|promote|pause|resume|abort|finish}")
@Needs(Role.OPERATOR)
public final class CanaryActionResource {
    /** How often it starts again because somebody wrote something that it touches. */
    private static final int ATTEMPTS = 20;

    private final Head head;
    private final Writes writes;
    private final InstantSource time;

    CanaryActionResource(Head head, Writes writes, InstantSource time) {
        this.head = head;
        this.writes = writes;
        this.time = time;
    }

    /** The phase that an action is for is what it expects; an entity tag may say more. */
    @POST
    @TakesQuery({
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> act(
            @PathParam("name") String name,
            @PathParam("action") String word,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        WriteOptions given = WriteOptions.of(new Query(uri), headers);
        CanaryAction action = CanaryAction.find(word).orElseThrow();
        Precondition precondition = Preconditions.forAction(headers);
        ResourceKey key = new ResourceKey(Kind.CANARY, name);
        for (int attempt = 1; ; attempt++) {
            Config config = head.refresh();
            Resource<CanarySpec> canary = Optional.ofNullable(config.canaries().get(name))
                    .orElseThrow(() -> new ProblemException(Refusals.notFound(key)));
            if (!precondition.holds(Optional.of(canary))) {
                throw new ProblemException(Refusals.preconditionFailed(
                        List.of(new Outcome.Failure(key, Optional.of(canary), precondition))));
            }
            CanaryPlan plan = plan(action, new Situation(canary, config, time.instant(), ""));
            WriteOptions options = given.withReason(given.reason().or(() -> Optional.of(plan.reason())));
            Outcome outcome = writes.apply(plan.changes(), caller, options);
            boolean overtaken = outcome instanceof Outcome.PreconditionFailed;
            if (!overtaken || precondition instanceof Precondition.Revision || attempt == ATTEMPTS) {
                return writes.answerOne(outcome, options);
            }
        }
    }

    private static CanaryPlan plan(CanaryAction action, Situation found) {
        try {
            return CanaryPlan.of(action, found);
        } catch (CanaryPlan.Refused e) {
            throw new ProblemException(Problem.of(
                    409,
                    "not-in-phase",
                    "The canary is in another phase",
                    "Canary " + found.canary().name() + ": " + e.getMessage() + "."));
        }
    }
}
