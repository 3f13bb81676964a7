package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Resource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops experiments whose time has come. Each start and stop holds only for the state that says so, so of several
 * replicas one does it, and only the server's clock counts. One thread.
 */
final class ExperimentWindows {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentWindows.class);

    private final Head head;
    private final ApplyChanges changes;
    /** Said once, not every second. */
    private final Set<Tried> refused = new HashSet<>();

    /** What was to be done with an experiment as it is. */
    private record Tried(Precondition as, String reason) {}

    ExperimentWindows(Head head, ApplyChanges changes) {
        this.head = head;
        this.changes = changes;
    }

    void open(Instant now) {
        for (Resource<ExperimentSpec> experiment : head.get().experiments().values()) {
            if (experiment.spec().isToStart(now)) {
                put(
                        experiment,
                        experiment.spec().started(now),
                        "Start experiment " + experiment.name() + ": its time has come");
            } else if (experiment.spec().isToStop(now)) {
                put(
                        experiment,
                        experiment.spec().stopped(Optional.empty()),
                        "Stop experiment " + experiment.name() + ": its time is over");
            }
        }
    }

    private void put(Resource<ExperimentSpec> experiment, ExperimentSpec after, String reason) {
        Change change = new Change.Put(
                experiment.key(), new Precondition.Revision(experiment.revision()), Optional.empty(), after);
        Outcome outcome = changes.apply(ChangeRequest.automatic(List.of(change), reason));
        boolean done = outcome instanceof Outcome.Applied || outcome.isOvertaken();
        if (!done && refused.add(new Tried(change.precondition(), reason))) {
            LOG.warn("{}, and it cannot be done: {}", reason, outcome.inWords());
        }
    }
}
