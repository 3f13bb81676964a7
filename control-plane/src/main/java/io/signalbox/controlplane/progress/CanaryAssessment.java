package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.CanarySilence;
import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.judge.Judge;
import io.signalbox.controlplane.judge.Judgement;
import io.signalbox.controlplane.judge.Limits;
import io.signalbox.controlplane.judge.Measure;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryPace.Mode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.LatencyRule;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.controlplane.progress.LoadView.Observation;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a canary does at the step it is on, and what follows from it. Each step is judged by itself, by what ended since it began.
 * Pure.
 *
 * @param judgement by the requests; what silent proxies keep back is not in it
 * @param latency by how long answers took
 * @param metrics what Prometheus says, if it is to be asked
 * @param finding what all of it comes to; what is bad already does not become better by silence
 * @param due when the step may end, or the time in which one call leads back; empty where it is not under way
 */
public record CanaryAssessment(
        Judgement judgement,
        List<Silent> silent,
        LatencyReading latency,
        List<MetricReading> metrics,
        Finding finding,
        Optional<Instant> due) {
    /** The probability that a canary that is no worse is ever rolled back: shared among its steps and the time after them. */
    public static final double FALSE_ALARM = 0.001;
    /** The probability that one that is worse by the tolerance passes a step. */
    public static final double MISS = 0.01;

    private static final double MILLION = 1e6;
    private static final int ALL = 100;

    public CanaryAssessment {
        silent = List.copyOf(silent);
        metrics = List.copyOf(metrics);
    }

    /** What is to be done, and why, with the numbers. */
    public record Decision(CanaryAction action, String reason) {}

    /** What there is to judge by. */
    record Evidence(Observation observed, Times times, List<MetricReading> metrics) {}

    static CanaryAssessment of(CanarySpec canary, Evidence evidence) {
        Observation observed = evidence.observed();
        boolean isCompared = canary.isUnderWay() && canary.share() < ALL;
        Judgement judgement = Judge.begin(Measure.ERRORS, limits(canary), isCompared)
                .plus(observed.intervals())
                .judgement();
        Duration stay =
                canary.isUnderWay() ? canary.pace().bake() : canary.pace().grace();
        Optional<Instant> due =
                canary.state().since().filter(since -> canary.keepsPools()).map(since -> since.plus(stay));
        Optional<LatencyRule> rule = canary.analysis().latency();
        Limits limits = rule.map(asked -> limits(canary, asked)).orElseGet(() -> limits(canary));
        LatencyReading latency = LatencyReading.of(evidence.times(), rule, limits, isCompared);
        List<Finding> findings = new ArrayList<>();
        silence(observed.silent()).ifPresent(findings::add);
        if (canary.share() > 0) {
            CanarySilence.of(observed.intervals()).ifPresent(findings::add);
        }
        findings.add(judgement.finding());
        findings.addAll(latency.findings());
        evidence.metrics().forEach(reading -> findings.add(reading.finding()));
        return new CanaryAssessment(
                judgement, observed.silent(), latency, evidence.metrics(), Finding.combined(findings), due);
    }

    private static Optional<Finding> silence(List<Silent> silent) {
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Verdict.INCONCLUSIVE,
                        silent.stream()
                                .map(each -> each.node() + " has not reported since " + each.since())
                                .collect(Collectors.joining(", "))));
    }

    private static Limits limits(CanarySpec canary) {
        CanaryAnalysis analysis = canary.analysis();
        return new Limits(
                analysis.minimumRequests(),
                analysis.tolerance() / MILLION,
                analysis.maximumErrorRate() / MILLION,
                falseAlarm(canary),
                MISS);
    }

    private static Limits limits(CanarySpec canary, LatencyRule rule) {
        return new Limits(
                canary.analysis().minimumRequests(),
                rule.tolerance() / MILLION,
                rule.maximum() / MILLION,
                falseAlarm(canary),
                MISS);
    }

    /**
     * The false alarms are shared evenly among the steps, each of which is judged by itself, and the time after them; and there
     * among the rules: errors, and latency where it is asked about. ({@link Judge} shares its part once more.)
     */
    static double falseAlarm(CanarySpec canary) {
        int periods = canary.pace().steps().size() + 1;
        int rules = canary.analysis().latency().isPresent() ? 2 : 1;
        return FALSE_ALARM / periods / rules;
    }

    /** What the server does by itself; nothing in manual mode. */
    Optional<Decision> decide(CanarySpec canary, Instant now) {
        if (canary.pace().mode() == Mode.MANUAL || !canary.keepsPools()) {
            return Optional.empty();
        }
        if (verdict() == Verdict.FAIL) {
            return Optional.of(new Decision(CanaryAction.ABORT, reason()));
        }
        boolean isDue = due.filter(moment -> !now.isBefore(moment)).isPresent();
        if (!isDue) {
            return Optional.empty();
        }
        if (canary.state().phase() == Phase.PROMOTED) {
            return Optional.of(new Decision(CanaryAction.FINISH, "the time to go back is over; " + reason()));
        }
        return canary.weight().isPresent() ? Optional.empty() : goOn(canary, now);
    }

    private Optional<Decision> goOn(CanarySpec canary, Instant now) {
        if (isPassed()) {
            return Optional.of(new Decision(CanaryAction.ADVANCE, reason()));
        }
        boolean isOver = due.map(moment -> moment.plus(canary.analysis().maximumWait()))
                .filter(end -> !now.isBefore(end))
                .isPresent();
        return isOver ? Optional.of(new Decision(CanaryAction.PAUSE, "inconclusive; " + reason())) : Optional.empty();
    }

    /** Whether it is good enough, and every proxy was heard. */
    public boolean isPassed() {
        return verdict() == Verdict.PASS;
    }

    public Verdict verdict() {
        return finding.verdict();
    }

    /** Why the verdict is what it is, the worst first. */
    public String reason() {
        return finding.reason();
    }
}
