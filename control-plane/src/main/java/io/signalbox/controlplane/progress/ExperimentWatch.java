package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.change.ApplyChanges;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.judge.SampleRatio;
import io.signalbox.controlplane.load.ExperimentHistory;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how experiments do, and writes down of one, once in each run, that its visitors do not come to the variants as they
 * should. That holds only for the experiment as it was looked at, so of several replicas one does it. It stops nothing.
 */
public final class ExperimentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentWatch.class);

    private final Head head;
    private final ApplyChanges changes;
    private final ExperimentHistory history;
    private final InstantSource time;

    public ExperimentWatch(Head head, ApplyChanges changes, ExperimentHistory history, InstantSource time) {
        this.head = head;
        this.changes = changes;
        this.history = history;
        this.time = time;
    }

    /**
     * Looks at every experiment that runs. One thread at a time; to be called again and again.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer
     */
    public void look() {
        Map<String, Instant> runs = new HashMap<>();
        Map<String, Resource<ExperimentSpec>> experiments = head.get().experiments();
        experiments.forEach((name, experiment) -> experiment
                .spec()
                .state()
                .run()
                .filter(run -> experiment.spec().isWatched())
                .ifPresent(run -> runs.put(name, run.start())));
        if (runs.isEmpty()) {
            return;
        }
        Map<String, Map<String, Long>> visitors = history.visitors(runs);
        for (String name : runs.keySet()) {
            Optional.ofNullable(experiments.get(name))
                    .ifPresent(experiment -> look(experiment, visitors.getOrDefault(name, Map.of())));
        }
    }

    private void look(Resource<ExperimentSpec> experiment, Map<String, Long> visitors) {
        ExperimentSpec spec = experiment.spec();
        SampleRatio ratio = ExperimentReport.ratio(spec, visitors);
        if (!ratio.isMismatch()) {
            return;
        }
        Change change = new Change.Put(
                experiment.key(),
                new Precondition.Revision(experiment.revision()),
                Optional.empty(),
                spec.mismatched(time.instant()));
        String reason = "Experiment " + experiment.name() + ": its visitors do not come to the variants as configured: "
                + ExperimentReport.inWords(spec, ratio);
        Outcome outcome = changes.apply(ChangeRequest.automatic(List.of(change), reason));
        if (!(outcome instanceof Outcome.Applied) && !outcome.isOvertaken()) {
            LOG.error("{}, and it cannot be written down: {}", reason, outcome.inWords());
        }
    }

    /**
     * How an experiment does, since it was started last; of one that never was there is nothing to tell. Any thread.
     *
     * @param since only what was counted in hours that begin at this time or later
     */
    public ExperimentReport report(String name, ExperimentSpec experiment, Instant since) {
        return ExperimentReport.of(
                experiment,
                experiment
                        .state()
                        .run()
                        .map(Run::start)
                        .map(run -> history.counts(name, run, since))
                        .orElse(Map.of()));
    }
}
