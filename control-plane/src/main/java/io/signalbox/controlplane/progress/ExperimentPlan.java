package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The changes by which an experiment is started or stopped. All hold only for the state they were found for. Pure.
 *
 * @param changes that of the experiment first
 * @param reason for the history
 */
public record ExperimentPlan(List<Change> changes, String reason) {
    public ExperimentPlan {
        changes = List.copyOf(changes);
    }

    /** Why an action cannot be done, in words. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private Refused(String message) {
            super(message);
        }
    }

    /** @throws Refused when it runs already */
    public static ExperimentPlan start(Resource<ExperimentSpec> experiment, Instant now) throws Refused {
        if (experiment.spec().isRunning()) {
            throw new Refused("it is running; start is for one that is initialized or stopped");
        }
        return new ExperimentPlan(
                List.of(put(experiment, experiment.spec().started(now))), "Start experiment " + experiment.name());
    }

    /**
     * @param winner whose pool and headers all routes of the experiment get; empty to leave the routes as they are
     * @throws Refused when it does not run, or a route is also for hosts that it is not for
     */
    public static ExperimentPlan stop(Resource<ExperimentSpec> experiment, Optional<Variant> winner, Config config)
            throws Refused {
        ExperimentSpec spec = experiment.spec();
        if (!spec.isRunning()) {
            String phase = spec.state().phase().name().toLowerCase(Locale.ROOT);
            throw new Refused("it is " + phase + "; stop is for one that is running");
        }
        List<Change> changes = new ArrayList<>();
        changes.add(put(experiment, spec.stopped(winner.map(Variant::name))));
        if (winner.isPresent()) {
            for (Resource<RouteSpec> route : config.routes().values()) {
                if (spec.isForSomeOf(route.name(), route.spec())) {
                    won(route, spec, winner.get()).ifPresent(after -> changes.add(put(route, after)));
                }
            }
        }
        String how = winner.map(variant -> ": " + variant.name() + " wins").orElse("");
        return new ExperimentPlan(changes, "Stop experiment " + experiment.name() + how);
    }

    /** Empty where it is so already. */
    private static Optional<RouteSpec> won(Resource<RouteSpec> route, ExperimentSpec spec, Variant winner)
            throws Refused {
        Forward forward = (Forward) route.spec().action();
        List<WeightedPool> pools =
                winner.pool().map(pool -> List.of(new WeightedPool(pool, 1))).orElse(forward.pools()).stream()
                        .map(pool -> pool.edited(winner.headers()))
                        .toList();
        if (pools.equals(forward.pools())) {
            return Optional.empty();
        }
        if (!spec.isForAllOf(route.name(), route.spec())) {
            throw new Refused("route " + route.name() + " is also for hosts that it is not for, so it cannot be pointed"
                    + " at the winner; stop it without one and divide that route");
        }
        return Optional.of(route.spec().withAction(forward.withPools(pools)));
    }

    private static Change put(Resource<?> resource, Spec after) {
        return new Change.Put(resource.key(), new Precondition.Revision(resource.revision()), Optional.empty(), after);
    }
}
