package io.signalbox.controlplane.progress;

import com.google.common.base.Ascii;
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
import java.time.Instant;
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
 *   progressing --advance--> progressing, at the last step promoted
 *   progressing --promote--> promoted
 *   progressing, promoted --abort--> failed
 *   promoted --finish--> succeeded
 * </pre>
 *
 * <p>{@code pause} sets the share by hand while it is progressing; {@code resume} goes on with the first step that is not
 * below it, {@code advance} with the first one above it.
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

    /**
     * What an action finds.
     *
     * @param why the server's own reason, with the numbers that it rests on; empty for an action of people
     */
    public record Situation(Resource<CanarySpec> canary, Config config, Instant now, String why) {
        private CanarySpec spec() {
            return canary.spec();
        }

        private String reason(CanaryAction action) {
            String word = action.word();
            String what = Ascii.toUpperCase(word.substring(0, 1)) + word.substring(1) + " canary " + canary.name();
            return why.isEmpty() ? what : what + ": " + why;
        }

        private State state(Phase phase, int step, List<String> moved) {
            return new State(phase, step, Optional.of(now), moved, why);
        }

        /** The canary with its share given back to the steps, or taken from everybody. */
        private CanarySpec without(Phase phase, int step, List<String> moved) {
            return spec().in(state(phase, step, moved)).withWeight(Optional.empty());
        }

        private CanaryPlan only(CanaryAction action, CanarySpec after) {
            return new CanaryPlan(List.of(put(canary, after)), reason(action));
        }
    }

    /** @throws Refused when the canary is not where the action begins */
    public static CanaryPlan of(CanaryAction action, Situation found) throws Refused {
        CanarySpec spec = found.spec();
        int step = spec.state().step();
        return switch (action) {
            case START -> {
                require(action, spec, Phase.INITIALIZED, Phase.FAILED, Phase.SUCCEEDED);
                yield found.only(action, spec.in(found.state(Phase.PROGRESSING, 0, List.of())));
            }
            case ADVANCE -> {
                require(action, spec, Phase.PROGRESSING);
                yield advanced(found);
            }
            case PROMOTE -> {
                require(action, spec, Phase.PROGRESSING);
                yield promoted(action, found);
            }
            case PAUSE -> {
                require(action, spec, Phase.PROGRESSING);
                State state = found.state(Phase.PROGRESSING, step, List.of());
                yield found.only(action, spec.in(state).withWeight(Optional.of(spec.share())));
            }
            case RESUME -> {
                require(action, spec, Phase.PROGRESSING);
                yield found.only(action, found.without(Phase.PROGRESSING, stepNotBelow(spec, spec.share()), List.of()));
            }
            case ABORT -> {
                require(action, spec, Phase.PROGRESSING, Phase.PROMOTED);
                yield aborted(action, found);
            }
            case FINISH -> {
                require(action, spec, Phase.PROMOTED);
                yield found.only(action, spec.in(found.state(Phase.SUCCEEDED, step, List.of())));
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

    /** The first step with at least a share, so that nobody leaves the canary by it; as many as there are if there is none. */
    private static int stepNotBelow(CanarySpec spec, int share) {
        List<Integer> steps = spec.pace().steps();
        int step = 0;
        while (step < steps.size() && steps.get(step) < share) {
            step++;
        }
        return step;
    }

    private static CanaryPlan advanced(Situation found) {
        int step = stepNotBelow(found.spec(), found.spec().share() + 1);
        return step == found.spec().pace().steps().size()
                ? promoted(CanaryAction.PROMOTE, found)
                : found.only(CanaryAction.ADVANCE, found.without(Phase.PROGRESSING, step, List.of()));
    }

    private static CanaryPlan promoted(CanaryAction action, Situation found) {
        CanarySpec spec = found.spec();
        List<Change> changes = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (Resource<RouteSpec> route : found.config().routes().values()) {
            if (spec.isFor(route.name())) {
                pointedAt(spec.canary(), spec.stable(), route.spec()).ifPresent(after -> {
                    changes.add(put(route, after));
                    moved.add(route.name());
                });
            }
        }
        int last = spec.pace().steps().size() - 1;
        changes.add(0, put(found.canary(), found.without(Phase.PROMOTED, last, moved)));
        return new CanaryPlan(changes, found.reason(action));
    }

    /** Routes that somebody has pointed elsewhere since stay as they are. */
    private static CanaryPlan aborted(CanaryAction action, Situation found) {
        CanarySpec spec = found.spec();
        List<Change> changes = new ArrayList<>();
        changes.add(put(found.canary(), found.without(Phase.FAILED, spec.state().step(), List.of())));
        for (String name : spec.state().moved()) {
            Optional.ofNullable(found.config().routes().get(name))
                    .ifPresent(route -> pointedAt(spec.stable(), spec.canary(), route.spec())
                            .ifPresent(after -> changes.add(put(route, after))));
        }
        return new CanaryPlan(changes, found.reason(action));
    }

    /** The route with one pool in another's place; empty where it does not send there. */
    private static Optional<RouteSpec> pointedAt(String to, String from, RouteSpec route) {
        if (!(route.action() instanceof Forward forward)
                || !(forward.to() instanceof Destination.Pools)
                || !forward.poolNames().contains(from)) {
            return Optional.empty();
        }
        List<WeightedPool> pools = forward.pools().stream()
                .map(pool -> pool.pool().equals(from) ? pool.withPool(to) : pool)
                .toList();
        return Optional.of(route.withAction(forward.withPools(pools)));
    }

    private static Change put(Resource<?> resource, Spec after) {
        return new Change.Put(resource.key(), new Precondition.Revision(resource.revision()), Optional.empty(), after);
    }
}
