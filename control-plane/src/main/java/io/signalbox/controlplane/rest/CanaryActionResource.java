package io.signalbox.controlplane.rest;

import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
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
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Moves canaries on their way: {@code POST /api/v1/canaries/payment-v2:start}. */
@Path("/api/v1/canaries/{name: [^/:]+}:{action: start|advance|promote|pause|resume|abort|finish}")
@Needs(Role.OPERATOR)
public final class CanaryActionResource {
    private final Actions actions;
    private final InstantSource time;

    CanaryActionResource(Actions actions, InstantSource time) {
        this.actions = actions;
        this.time = time;
    }

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
        CanaryAction action = CanaryAction.find(word).orElseThrow();
        ResourceKey key = new ResourceKey(Kind.CANARY, name);
        return actions.act(key, caller, new Query(uri), headers, config -> plan(action, key, config));
    }

    private Actions.Plan plan(CanaryAction action, ResourceKey key, Config config) {
        try {
            Resource<CanarySpec> canary =
                    Objects.requireNonNull(config.canaries().get(key.name()));
            CanaryPlan plan = CanaryPlan.of(action, new Situation(canary, config, time.instant(), ""));
            return new Actions.Plan(plan.changes(), plan.reason());
        } catch (CanaryPlan.Refused e) {
            throw Actions.notInPhase(key, e);
        }
    }
}
