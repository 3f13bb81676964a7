package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.CanarySpec.State;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The changes by which an action moves a canary on. All hold only for the state they were found for, so that of two who act
 * at the same moment one is told so. Pure.
 *
 * <pre>
 *   initialized, failed, succeeded --start--> progressing
 *   progressing --promote--> promoted
 *   progressing, promoted --abort--> failed
 *   promoted --finish--> succeeded
 * </pre>
 *
 * <p>{@code pause} sets the share by hand while it is progressing; {@code resume} goes on with the first step that is not
 * below it.
 *
 * @param changes that of the canary first
 * @param reason for the history
 */
public record CanaryPlan(List<Change> changes, String reason) {
    public CanaryPlan {
        changes = List.copyOf(changes);
    }

    /** Why an action cannot be done, in words. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private Refused(String message) {
            super(message);
        }
    }

    /** @throws Refused when the canary is not where the action begins */
    public static CanaryPlan of(CanaryAction action, Resource<CanarySpec> canary, Config config) throws Refused {
        CanarySpec spec = canary.spec();
        return switch (action) {
            case START -> {
                require(action, spec, Phase.INITIALIZED, Phase.FAILED, Phase.SUCCEEDED);
                yield only(canary, spec.in(new State(Phase.PROGRESSING, 0, List.of())), "Start");
            }
            case PROMOTE -> {
                require(action, spec, Phase.PROGRESSING);
                yield promoted(canary, config);
            }
            case PAUSE -> {
                require(action, spec, Phase.PROGRESSING);
                yield only(canary, spec.withWeight(Optional.of(spec.share())), "Pause");
            }
            case RESUME -> {
                require(action, spec, Phase.PROGRESSING);
                yield resumed(canary);
            }
            case ABORT -> {
                require(action, spec, Phase.PROGRESSING, Phase.PROMOTED);
                yield aborted(canary, config);
            }
            case FINISH -> {
                require(action, spec, Phase.PROMOTED);
                yield only(
                        canary, spec.in(new State(Phase.SUCCEEDED, spec.state().step(), List.of())), "Finish");
            }
        };
    }

    private static void require(CanaryAction action, CanarySpec spec, Phase... phases) throws Refused {
        Phase phase = spec.state().phase();
        if (!List.of(phases).contains(phase)) {
            throw new Refused("it is " + word(phase) + "; " + action.word() + " is for one that is "
                    + String.join(
                            " or ",
                            List.of(phases).stream().map(CanaryPlan::word).toList()));
        }
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static CanaryPlan only(Resource<CanarySpec> canary, CanarySpec after, String what) {
        return new CanaryPlan(List.of(put(canary, after)), what + " canary " + canary.name());
    }

    /** Nobody leaves the canary by it. */
    private static CanaryPlan resumed(Resource<CanarySpec> canary) {
        CanarySpec spec = canary.spec();
        int step = 0;
        while (spec.steps().get(step) < spec.share()) {
            step++;
        }
        State state = new State(Phase.PROGRESSING, step, List.of());
        return only(canary, spec.in(state).withWeight(Optional.empty()), "Resume");
    }

    private static CanaryPlan promoted(Resource<CanarySpec> canary, Config config) {
        CanarySpec spec = canary.spec();
        List<Change> changes = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (Resource<RouteSpec> route : config.routes().values()) {
            if (spec.isFor(route.name())) {
                pointedAt(spec.canary(), spec.stable(), route.spec()).ifPresent(after -> {
                    changes.add(put(route, after));
                    moved.add(route.name());
                });
            }
        }
        State state = new State(Phase.PROMOTED, spec.steps().size() - 1, moved);
        changes.add(0, put(canary, spec.in(state).withWeight(Optional.empty())));
        return new CanaryPlan(changes, "Promote canary " + canary.name());
    }

    /** Routes that somebody has pointed elsewhere since stay as they are. */
    private static CanaryPlan aborted(Resource<CanarySpec> canary, Config config) {
        CanarySpec spec = canary.spec();
        List<Change> changes = new ArrayList<>();
        State state = new State(Phase.FAILED, spec.state().step(), List.of());
        changes.add(put(canary, spec.in(state).withWeight(Optional.empty())));
        for (String name : spec.state().moved()) {
            Optional.ofNullable(config.routes().get(name))
                    .ifPresent(route -> pointedAt(spec.stable(), spec.canary(), route.spec())
                            .ifPresent(after -> changes.add(put(route, after))));
        }
        return new CanaryPlan(changes, "Abort canary " + canary.name());
    }

    /** The route with one pool in another's place; empty where it does not send there. */
    private static Optional<RouteSpec> pointedAt(String to, String from, RouteSpec route) {
        if (!(route.action() instanceof Forward forward)
                || !(forward.to() instanceof Destination.Pools)
                || !forward.poolNames().contains(from)) {
            return Optional.empty();
        }
        List<WeightedPool> pools = forward.pools().stream()
                .map(pool -> pool.pool().equals(from)
                        ? new WeightedPool(to, pool.weight(), pool.headers(), pool.subset())
                        : pool)
                .toList();
        return Optional.of(route.withAction(new Forward(
                new Destination.Pools(pools),
                forward.hash(),
                forward.rewrite(),
                forward.delivery(),
                forward.upgrades())));
    }

    private static Change put(Resource<?> resource, Spec after) {
        return new Change.Put(resource.key(), new Precondition.Revision(resource.revision()), Optional.empty(), after);
    }
}
