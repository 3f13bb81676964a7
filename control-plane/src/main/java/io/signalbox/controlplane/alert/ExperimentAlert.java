package io.signalbox.controlplane.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * That an experiment was started, stopped, or deleted while it ran, or that its visitors do not come to the variants as they should. That one is created
 * is none of these, nor is the end of one that did not run.
 *
 * @param revision what did it, with the reason
 */
public record ExperimentAlert(
        String experiment, Transition transition, Optional<ExperimentSpec> after, Revision revision) implements Alert {
    /** What became of it. In JSON lower case, with a dash for an underscore. */
    public enum Transition {
        STARTED,
        STOPPED,
        SAMPLE_RATIO_MISMATCH,
        DELETED
    }

    /** What a revision tells of experiments, in the order of their names. Pure. */
    static List<ExperimentAlert> of(RevisionChanges changes) {
        return changes.changes().stream()
                .flatMap(change -> of(change, changes.revision()).stream())
                .toList();
    }

    private static Optional<ExperimentAlert> of(ResourceChange change, Revision revision) {
        Optional<ExperimentSpec> after = spec(change.after());
        return spec(change.before())
                .flatMap(before -> transition(before, after))
                .map(transition -> new ExperimentAlert(change.key().name(), transition, after, revision));
    }

    private static Optional<ExperimentSpec> spec(Optional<State> state) {
        return state.map(State::spec)
                .flatMap(
                        spec -> spec instanceof ExperimentSpec experiment ? Optional.of(experiment) : Optional.empty());
    }

    private static Optional<Transition> transition(ExperimentSpec before, Optional<ExperimentSpec> after) {
        if (after.isEmpty()) {
            return before.isRunning() ? Optional.of(Transition.DELETED) : Optional.empty();
        }
        boolean isRunning = after.get().isRunning();
        if (before.isRunning() != isRunning) {
            return Optional.of(isRunning ? Transition.STARTED : Transition.STOPPED);
        }
        boolean isNew = mismatch(after.get()).isPresent() && mismatch(before).isEmpty();
        return isNew ? Optional.of(Transition.SAMPLE_RATIO_MISMATCH) : Optional.empty();
    }

    private static Optional<Instant> mismatch(ExperimentSpec experiment) {
        return experiment.state().run().flatMap(Run::mismatch);
    }

    @Override
    public Kind kind() {
        return Kind.EXPERIMENT;
    }

    @Override
    public String word() {
        return transition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ObjectNode data() {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("name", experiment).put("transition", word());
        after.map(ExperimentSpec::state).ifPresent(state -> {
            data.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
            state.winner().ifPresent(winner -> data.put("winner", winner));
            state.run().ifPresent(run -> data.put("startedAt", run.start().toString()));
        });
        return Alert.withRevision(data, revision);
    }
}
