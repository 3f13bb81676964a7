package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Judge;
import io.signalbox.controlplane.judge.Judgement;
import io.signalbox.controlplane.judge.Limits;
import io.signalbox.controlplane.judge.Measure;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.model.LatencyRule;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How long answers took at the step that a canary is on, and what is said of it by its latency rule. Pure.
 *
 * @param canary all answers of the canary pool
 * @param stable those of the stable pool in the same time
 * @param judgement by the shares of slow answers; empty without a rule
 */
public record LatencyReading(Latencies canary, Latencies stable, Times times, Optional<Judgement> judgement) {

    /** @param limits for the share of slow answers; empty where slowness is not asked about */
    static LatencyReading of(Times times, Optional<LatencyRule> rule, Limits limits, boolean isCompared) {
        Latencies canary = Latencies.NONE;
        Latencies stable = Latencies.NONE;
        for (LatencyWatch.Interval interval : times.intervals()) {
            canary = canary.plus(interval.canary());
            stable = stable.plus(interval.stable());
        }
        Optional<Judgement> judgement =
                rule.map(asked -> Judge.begin(Measure.slowerThan(text(asked.slow())), limits, isCompared)
                        .plus(intervals(times, asked))
                        .judgement());
        return new LatencyReading(canary, stable, times, judgement);
    }

    private static List<Interval> intervals(Times times, LatencyRule rule) {
        return times.intervals().stream()
                .map(each -> new Interval(outcomes(each.canary(), rule), outcomes(each.stable(), rule)))
                .toList();
    }

    private static Outcomes outcomes(Latencies latencies, LatencyRule rule) {
        return new Outcomes(
                latencies.answers(), latencies.above((int) rule.slow().toMillis()));
    }

    /** None without a rule. What is not told keeps the canary from passing; what is told already may make it fail. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        judgement.ifPresent(judged -> {
            if (!times.told()) {
                findings.add(new Finding(Verdict.INCONCLUSIVE, nobodyTells()));
            }
            if (!times.silent().isEmpty()) {
                findings.add(new Finding(Verdict.INCONCLUSIVE, silence()));
            }
            findings.add(judged.finding());
        });
        return findings;
    }

    private String nobodyTells() {
        return "no proxy tells latencies"
                + (times.untold().isEmpty()
                        ? ""
                        : ", as the bootstrap of " + String.join(", ", times.untold()) + " does not ask for them");
    }

    private String silence() {
        return times.silent().stream()
                .map(each -> each.node() + " has told no latencies since " + each.since())
                .collect(Collectors.joining(", "));
    }

    private static String text(Duration slow) {
        long millis = slow.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
