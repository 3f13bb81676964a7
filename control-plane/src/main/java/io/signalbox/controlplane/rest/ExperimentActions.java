package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.progress.ExperimentPlan;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Makes of an experiment what an action makes of it, as it is when the change is made. */
final class ExperimentActions {
    /** How often it starts again because somebody wrote something that it touches. */
    private static final int ATTEMPTS = 20;

    private final Head head;
    private final Writes writes;

    ExperimentActions(Head head, Writes writes) {
        this.head = head;
        this.writes = writes;
    }

    /** What an action makes of the experiment as it is. */
    interface Planner {
        ExperimentPlan plan(Resource<ExperimentSpec> experiment, Config config) throws ExperimentPlan.Refused;
    }

    /** The phase that an action is for is what it expects; an entity tag may say more. */
    CompletionStage<Response> act(String name, Caller caller, Query query, HttpHeaders headers, Planner planner) {
        WriteOptions given = WriteOptions.of(query, headers);
        Precondition precondition = Preconditions.forAction(headers);
        ResourceKey key = new ResourceKey(Kind.EXPERIMENT, name);
        for (int attempt = 1; ; attempt++) {
            Config config = head.refresh();
            Resource<ExperimentSpec> experiment = Optional.ofNullable(
                            config.experiments().get(name))
                    .orElseThrow(() -> new ProblemException(Refusals.notFound(key)));
            if (!precondition.holds(Optional.of(experiment))) {
                throw new ProblemException(Refusals.preconditionFailed(
                        List.of(new Outcome.Failure(key, Optional.of(experiment), precondition))));
            }
            ExperimentPlan plan = plan(planner, experiment, config);
            WriteOptions options = given.withReason(given.reason().or(() -> Optional.of(plan.reason())));
            Outcome outcome = writes.apply(plan.changes(), caller, options);
            boolean overtaken = outcome instanceof Outcome.PreconditionFailed;
            if (!overtaken || precondition instanceof Precondition.Revision || attempt == ATTEMPTS) {
                return writes.answerOne(outcome, options);
            }
        }
    }

    private static ExperimentPlan plan(Planner planner, Resource<ExperimentSpec> experiment, Config config) {
        try {
            return planner.plan(experiment, config);
        } catch (ExperimentPlan.Refused e) {
            throw new ProblemException(Problem.of(
                    409,
                    "not-in-phase",
                    "The experiment is in another phase",
                    "Experiment " + experiment.name() + ": " + e.getMessage() + "."));
        }
    }
}
