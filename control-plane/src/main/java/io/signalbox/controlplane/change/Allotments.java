package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives running experiments that are written their users, while the config stands still. Pure. */
final class Allotments {
    private Allotments() {}

    static List<Change> of(Config before, List<Change> changes) {
        if (changes.stream().noneMatch(change -> change.key().kind() == Kind.EXPERIMENT)) {
            return changes;
        }
        Map<String, List<Slice>> taken = takenByOthers(before, changes);
        List<Change> allotted = new ArrayList<>();
        for (Change change : changes) {
            allotted.add(
                    change instanceof Change.Put put && put.spec() instanceof ExperimentSpec spec && spec.isRunning()
                            ? allotted(put, spec, taken)
                            : change);
        }
        return allotted;
    }

    /** By layer. */
    private static Map<String, List<Slice>> takenByOthers(Config before, List<Change> changes) {
        Map<String, List<Slice>> taken = new HashMap<>();
        for (Resource<ExperimentSpec> other : before.experiments().values()) {
            if (other.spec().isRunning()
                    && changes.stream().noneMatch(change -> change.key().equals(other.key()))) {
                taken.computeIfAbsent(ExperimentSpec.layerOf(other), layer -> new ArrayList<>())
                        .addAll(other.spec().state().slices());
            }
        }
        return taken;
    }

    private static Change allotted(Change.Put put, ExperimentSpec spec, Map<String, List<Slice>> taken) {
        String layer = spec.layer().orElse(put.key().name());
        List<Slice> others = taken.computeIfAbsent(layer, name -> new ArrayList<>());
        ExperimentSpec allotted = Allotment.of(spec, others);
        others.addAll(allotted.state().slices());
        return new Change.Put(put.key(), put.precondition(), put.labels(), allotted);
    }
}
