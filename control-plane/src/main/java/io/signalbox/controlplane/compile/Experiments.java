package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.RunningExperiments;
import io.signalbox.controlplane.model.Slice;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The experiments that are running. */
final class Experiments {
    private final RunningExperiments running;
    private final Set<String> pools = new TreeSet<>();

    Experiments(Config config) {
        running = new RunningExperiments(config);
        config.experiments().values().stream()
                .filter(experiment -> experiment.spec().isRunning())
                .forEach(experiment -> pools.addAll(experiment.spec().pools()));
    }

    /** In the order of their names. */
    List<ResolvedExperiment> on(String route, RouteSpec spec, String host) {
        return running.on(route, spec, host).stream().map(Experiments::resolved).toList();
    }

    private static ResolvedExperiment resolved(Resource<ExperimentSpec> experiment) {
        ExperimentSpec spec = experiment.spec();
        List<Slice> slices = spec.state().slices().stream()
                .sorted(Comparator.comparingInt(Slice::from))
                .toList();
        return new ResolvedExperiment(
                experiment.name(),
                ExperimentSpec.layerOf(experiment),
                spec.variants(),
                slices,
                spec.cookie(),
                spec.counted());
    }

    /** Those of variants. */
    Collection<String> pools() {
        return pools;
    }
}
