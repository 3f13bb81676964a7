package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.progress.ExperimentPlan;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** {@link Actions} on experiments. */
final class ExperimentActions {
    private final Actions actions;

    ExperimentActions(Actions actions) {
        this.actions = actions;
    }

    /** What an action makes of the experiment as it is. */
    interface Planner {
        ExperimentPlan plan(Resource<ExperimentSpec> experiment, Config config) throws ExperimentPlan.Refused;
    }

    CompletionStage<Response> act(String name, Caller caller, Query query, HttpHeaders headers, Planner planner) {
        ResourceKey key = new ResourceKey(Kind.EXPERIMENT, name);
        return actions.act(key, caller, query, headers, config -> plan(planner, key, config));
    }

    private static Actions.Plan plan(Planner planner, ResourceKey key, Config config) {
        try {
            ExperimentPlan plan =
                    planner.plan(Objects.requireNonNull(config.experiments().get(key.name())), config);
            return new Actions.Plan(plan.changes(), plan.reason());
        } catch (ExperimentPlan.Refused e) {
            throw Actions.notInPhase(key, e);
        }
    }
}
