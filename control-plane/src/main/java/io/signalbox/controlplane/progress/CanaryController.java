package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.change.ApplyChanges;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.model.CanaryPace.Mode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.progress.CanaryAssessment.Decision;
import io.signalbox.controlplane.progress.CanaryAssessment.Evidence;
import io.signalbox.controlplane.progress.CanaryPlan.Situation;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.controlplane.progress.LoadView.Observation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves canaries on, and back, by what proxies report and what a Prometheus says. All that it knows is in the database, and each move holds only for the
 * state that it was decided on: it does not matter which replica makes it, nor whether that one survives, and of several one
 * makes it.
 */
public final class CanaryController {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryController.class);

    private final Head head;
    private final ApplyChanges changes;
    private final Views views;
    private final InstantSource time;

    /** What canaries are judged by. */
    public record Views(LoadView loads, LatencyWatch latencies, MetricView metrics) {}

    public CanaryController(Head head, ApplyChanges changes, Views views, InstantSource time) {
        this.head = head;
        this.changes = changes;
        this.views = views;
        this.time = time;
    }

    /**
     * Looks at every canary once. One thread at a time; to be called again and again.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer; the rest is for next time
     */
    public void look() {
        Config config = head.get();
        for (Resource<CanarySpec> canary : config.canaries().values()) {
            if (canary.spec().keepsPools()) {
                look(canary, config);
            }
        }
    }

    private void look(Resource<CanarySpec> canary, Config config) {
        Instant now = time.instant();
        Optional<Decision> decision = withoutServers(canary.spec(), config)
                .or(() -> assess(canary, canary.spec().analysis().latency().isPresent())
                        .decide(canary.spec(), now));
        decision.ifPresent(what -> move(canary, what, now));
    }

    /** What a pool without servers does not answer no proxy counts. */
    private static Optional<Decision> withoutServers(CanarySpec canary, Config config) {
        boolean isLeftAlone = !takesRequests(canary.canary(), config) && takesRequests(canary.stable(), config);
        return canary.pace().mode() == Mode.AUTOMATIC && isLeftAlone
                ? Optional.of(new Decision(
                        CanaryAction.ABORT, "no server of pool " + canary.canary() + " takes requests any more"))
                : Optional.empty();
    }

    private static boolean takesRequests(String pool, Config config) {
        return Optional.ofNullable(config.pools().get(pool))
                .filter(found -> !found.spec().inUse().isEmpty())
                .isPresent();
    }

    /** How a canary does; of one that is not under way there is nothing to say. Any thread. */
    public CanaryAssessment assess(Resource<CanarySpec> canary) {
        return assess(canary, true);
    }

    private CanaryAssessment assess(Resource<CanarySpec> resource, boolean withTimes) {
        CanarySpec canary = resource.spec();
        Optional<Instant> begin = canary.state().since().filter(since -> canary.keepsPools());
        Observation observed = begin.map(since -> views.loads().observe(canary.stable(), canary.canary(), since))
                .orElseGet(() -> new Observation(List.of(), List.of()));
        Times times = begin.filter(since -> withTimes)
                .map(since -> views.latencies().observe(canary.stable(), canary.canary(), since))
                .orElse(Times.NONE);
        return CanaryAssessment.of(
                canary, new Evidence(observed, times, views.metrics().observe(resource)));
    }

    private void move(Resource<CanarySpec> canary, Decision decision, Instant now) {
        Outcome outcome = apply(canary, decision, now);
        if (!isDone(outcome) && decision.action() == CanaryAction.ADVANCE) {
            String why = "it cannot go on (" + outcome.inWords() + "); " + decision.reason();
            outcome = apply(canary, new Decision(CanaryAction.PAUSE, why), now);
        }
        if (!isDone(outcome)) {
            LOG.error(
                    "Canary {}: {} is refused: {}",
                    canary.name(),
                    decision.action().word(),
                    outcome.inWords());
        }
    }

    private Outcome apply(Resource<CanarySpec> canary, Decision decision, Instant now) {
        Config config = head.refresh();
        try {
            CanaryPlan plan = CanaryPlan.of(decision.action(), new Situation(canary, config, now, decision.reason()));
            ChangeRequest request = ChangeRequest.automatic(plan.changes(), plan.reason());
            return changes.apply(
                    decision.action() == CanaryAction.ABORT
                            ? request.overridingRouteTests(true) // no test of a route stands in the way back
                            : request.onlyFor(config.revision())); // so that promotion leaves no new route behind
        } catch (CanaryPlan.Refused e) {
            throw new IllegalStateException("a decision for another phase", e);
        }
    }

    /** What others wrote at the same moment is looked at the next time. */
    private static boolean isDone(Outcome outcome) {
        return outcome instanceof Outcome.Applied || outcome.isOvertaken();
    }
}
