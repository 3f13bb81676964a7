package io.signalbox.controlplane.rest;

import com.google.common.base.Ascii;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes of a resource what an action makes of it, as it is when the change is made. Any thread. */
final class Actions {
    private final Head head;
    private final Writes writes;

    Actions(Head head, Writes writes) {
        this.head = head;
        this.writes = writes;
    }

    /**
     * @param changes that of the resource first
     * @param reason for the history, unless the caller gives one
     */
    record Plan(List<Change> changes, String reason) {
        Plan {
            changes = List.copyOf(changes);
        }
    }

    /** What an action makes of the config as it is. */
    interface Planner {
        /** @throws ProblemException when it makes nothing of it */
        Plan plan(Config config);
    }

    /** The phase that an action is for is what it expects; an entity tag may say more. */
    CompletionStage<Response> act(ResourceKey key, Caller caller, Query query, HttpHeaders headers, Planner planner) {
        WriteOptions given = WriteOptions.of(query, headers);
        Precondition precondition = Preconditions.forAction(headers);
        Outcome outcome = writes.untilNotOvertaken(
                precondition,
                head.refresh(),
                config -> {
                    Resource<?> found =
                            config.find(key).orElseThrow(() -> new ProblemException(Refusals.notFound(key)));
                    Preconditions.require(precondition, found);
                    Plan plan = planner.plan(config);
                    WriteOptions options = given.withReason(given.reason().or(() -> Optional.of(plan.reason())));
                    return writes.apply(plan.changes(), caller, options);
                },
                Function.identity());
        return writes.answerOne(outcome, given);
    }

    /** The answer to an action for another phase. */
    static ProblemException notInPhase(ResourceKey key, Exception refused) {
        String kind = key.kind().singular();
        return new ProblemException(Problem.of(
                409,
                "not-in-phase",
                "The " + kind + " is in another phase",
                Ascii.toUpperCase(kind.substring(0, 1)) + kind.substring(1) + " " + key.name() + ": "
                        + refused.getMessage() + "."));
    }
}
