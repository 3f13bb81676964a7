package io.signalbox.controlplane.rest;

import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.progress.ExperimentPlan;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Stops experiments: {@code POST /api/v1/experiments/new-checkout:stop?winner=new_checkout}. */
@Path("/api/v1/experiments/{name: [^/:]+}:stop")
@Needs(Role.OPERATOR)
public final class ExperimentStopResource {
    static final String WINNER = "winner";

    private final ExperimentActions actions;

    ExperimentStopResource(ExperimentActions actions) {
        this.actions = actions;
    }

    @POST
    @TakesQuery({
        WINNER,
        WriteOptions.DRY_RUN,
        WriteOptions.WAIT,
        WriteOptions.TIMEOUT,
        WriteOptions.CONFIRM_WITHIN,
        WriteOptions.OVERRIDE_ROUTE_TESTS
    })
    public CompletionStage<Response> stop(
            @PathParam("name") String name, @Auth Caller caller, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri);
        return actions.act(
                name,
                caller,
                query,
                headers,
                (experiment, config) -> ExperimentPlan.stop(experiment, winner(query, experiment.spec()), config));
    }

    private static Optional<Variant> winner(Query query, ExperimentSpec spec) {
        String names = spec.variants().stream().map(Variant::name).collect(Collectors.joining(", "));
        return query.find(WINNER)
                .map(name -> spec.variant(name)
                        .orElseThrow(() -> Query.wrong(WINNER, name, "one of its variants: " + names)));
    }
}
