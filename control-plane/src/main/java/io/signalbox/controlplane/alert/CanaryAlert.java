package io.signalbox.controlplane.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * That a canary has moved. That one is created or deleted is a move only while it is on its way.
 *
 * @param before empty where there was none
 * @param after empty where there is none any more
 * @param revision what moved it, with the reason
 */
public record CanaryAlert(
        String canary,
        Transition transition,
        Optional<CanarySpec> before,
        Optional<CanarySpec> after,
        Revision revision)
        implements Alert {
    /** What a revision tells of canaries, in the order of their names. Pure. */
    static List<CanaryAlert> of(RevisionChanges changes) {
        return changes.changes().stream()
                .flatMap(change -> of(change, changes.revision()).stream())
                .toList();
    }

    private static Optional<CanaryAlert> of(ResourceChange change, Revision revision) {
        Optional<CanarySpec> before = spec(change.before());
        Optional<CanarySpec> after = spec(change.after());
        return Transition.between(before, after)
                .map(transition -> new CanaryAlert(change.key().name(), transition, before, after, revision));
    }

    private static Optional<CanarySpec> spec(Optional<State> state) {
        return state.map(State::spec)
                .flatMap(spec -> spec instanceof CanarySpec canary ? Optional.of(canary) : Optional.empty());
    }

    @Override
    public Kind kind() {
        return Kind.CANARY;
    }

    @Override
    public String word() {
        return transition.word();
    }

    @Override
    public ObjectNode data() {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("name", canary).put("transition", transition.word());
        after.ifPresent(standing -> writeStanding(standing, data));
        before.ifPresent(standing -> writeStanding(standing, data.putObject("before")));
        return Alert.withRevision(data, revision);
    }

    private static void writeStanding(CanarySpec canary, ObjectNode json) {
        json.put("phase", canary.state().phase().name().toLowerCase(Locale.ROOT))
                .put("step", canary.state().step())
                .put("weight", canary.share());
    }
}
