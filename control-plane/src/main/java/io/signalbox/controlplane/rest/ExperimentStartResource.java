package io.signalbox.controlplane.rest;

import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.progress.ExperimentPlan;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Starts experiments: {@code POST /api/v1/experiments/new-checkout:start}. */
@Path("/api/v1/experiments/{name: [^/:]+}:start")
@Needs(Role.OPERATOR)
public final class ExperimentStartResource {

    private final ExperimentActions actions;
    private final InstantSource time;

    ExperimentStartResource(ExperimentActions actions, InstantSource time) {
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
    public CompletionStage<Response> start(
            @PathParam("name") String name, @Auth Caller caller, @Context UriInfo uri, @Context HttpHeaders headers) {
        return actions.act(
                name,
                caller,
                new Query(uri),
                headers,
                (experiment, config) -> ExperimentPlan.start(experiment, time.instant()));
    }
}
