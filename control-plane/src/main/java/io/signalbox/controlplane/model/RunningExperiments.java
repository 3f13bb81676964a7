package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The experiments of a config that are running, by what they are for. Immutable. */
public final class RunningExperiments {
    private final Map<String, List<Resource<ExperimentSpec>>> byRoute = new HashMap<>();
    private final Map<String, List<Resource<ExperimentSpec>>> byHost = new HashMap<>();

    public RunningExperiments(Config config) {
        for (Resource<ExperimentSpec> experiment : config.experiments().values()) {
            if (experiment.spec().isRunning()) {
                experiment.spec().routes().forEach(route -> add(byRoute, route, experiment));
                experiment.spec().hosts().forEach(host -> add(byHost, host, experiment));
            }
        }
    }

    private static void add(
            Map<String, List<Resource<ExperimentSpec>>> index, String key, Resource<ExperimentSpec> experiment) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(experiment);
    }

    /** Those that are for a route as one of a host's, in the order of their names. */
    public List<Resource<ExperimentSpec>> on(String route, RouteSpec spec, String host) {
        List<Resource<ExperimentSpec>> named = byRoute.getOrDefault(route, List.of());
        List<Resource<ExperimentSpec>> ofHost = spec.canBeDivided() ? byHost.getOrDefault(host, List.of()) : List.of();
        if (ofHost.isEmpty()) {
            return named;
        }
        Map<String, Resource<ExperimentSpec>> all = new TreeMap<>();
        named.forEach(experiment -> all.put(experiment.name(), experiment));
        ofHost.forEach(experiment -> all.put(experiment.name(), experiment));
        return List.copyOf(all.values());
    }
}
