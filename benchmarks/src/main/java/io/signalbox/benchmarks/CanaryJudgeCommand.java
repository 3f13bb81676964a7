package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Judge;
import io.signalbox.controlplane.judge.Limits;
import io.signalbox.controlplane.judge.Measure;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.progress.CanaryAssessment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Plays canaries whose true error rates are known, and counts what is said of them. The peer is what is often done instead: a
 * two-sample z-test of the sums, with the same significance, looked at as often.
 */
@Command(
        name = "canary-judge",
        mixinStandardHelpOptions = true,
        description =
                "Simulates canaries with known error rates: false alarms, misses, and how many requests it takes.")
final class CanaryJudgeCommand implements Callable<Integer> {
    private static final double[] INCREASES = {0, 0.001, 0.01, 0.05, 0.2};
    private static final int STEPS = 5;

    @Option(names = "--canaries", paramLabel = "N", defaultValue = "2000", description = "Of each row.")
    private int canaries;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "600", description = "How long a step bakes.")
    private int seconds;

    @Option(names = "--requests", paramLabel = "N", defaultValue = "200", description = "Each second, of both pools.")
    private int requests;

    @Option(names = "--share", paramLabel = "PERCENT", defaultValue = "25", description = "Of the canary.")
    private int share;

    @Option(
            names = "--rate",
            paramLabel = "PERCENT",
            defaultValue = "0.5",
            description = "Of errors, on the stable pool.")
    private double rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "default: below the build output")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Limits limits =
            new Limits(100, 0.01, 1, CanaryAssessment.FALSE_ALARM / (STEPS + 1), CanaryAssessment.MISS);

    @Override
    public Integer call() throws IOException {
        Report report = new Report(
                "canary-judge",
                List.of(
                        "Increase",
                        "failed",
                        "passed",
                        "open",
                        "canary requests until it failed, median",
                        "90 of 100",
                        "seconds, median",
                        "z-test each second: failed"));
        for (double increase : INCREASES) {
            add(report, increase);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d canaries a row, %d requests/s, %d %% on the canary, %d s, %.2f %% errors on the stable pool, seed %d%n",
                canaries,
                requests,
                share,
                seconds,
                rate,
                seed);
        report.write(out, json == null ? BenchCommand.defaultFile("canary-judge") : json);
        return 0;
    }

    private void add(Report report, double increase) {
        SplittableRandom dice = new SplittableRandom(seed);
        List<Played> all = new ArrayList<>();
        for (int i = 0; i < canaries; i++) {
            all.add(play(dice, increase));
        }
        long failed =
                all.stream().filter(each -> each.verdict() == Verdict.FAIL).count();
        long passed =
                all.stream().filter(each -> each.verdict() == Verdict.PASS).count();
        long byPeer = all.stream().filter(Played::isFailedByPeer).count();
        List<Played> ends = all.stream()
                .filter(each -> each.verdict() == Verdict.FAIL)
                .sorted((a, b) -> Integer.compare(a.second(), b.second()))
                .toList();
        ObjectNode object = Report.object();
        object.put("increase", increase);
        object.put("failed", (double) failed / canaries);
        object.put("passed", (double) passed / canaries);
        object.put("failedByZTest", (double) byPeer / canaries);
        report.add(
                List.of(
                        percent(increase),
                        share(failed),
                        share(passed),
                        share(canaries - failed - passed),
                        at(ends, 0.5, Played::requests),
                        at(ends, 0.9, Played::requests),
                        at(ends, 0.5, Played::second),
                        share(byPeer)),
                object);
    }

    /** How one canary ended: when it failed, or at the end of the step. */
    private record Played(Verdict verdict, int second, int requests, boolean isFailedByPeer) {}

    private Played play(SplittableRandom dice, double increase) {
        Judge judge = Judge.begin(Measure.ERRORS, limits, true);
        Outcomes canary = Outcomes.NONE;
        Outcomes stable = Outcomes.NONE;
        boolean isFailedByPeer = false;
        int failedAt = 0;
        int perSecond = requests * share / 100;
        for (int second = 1; second <= seconds && (failedAt == 0 || !isFailedByPeer); second++) {
            Interval interval = new Interval(
                    outcomes(dice, perSecond, rate / 100 + increase), outcomes(dice, requests - perSecond, rate / 100));
            canary = canary.plus(interval.canary());
            stable = stable.plus(interval.stable());
            isFailedByPeer |= zTest(canary, stable);
            if (failedAt == 0) {
                judge = judge.plus(interval);
                failedAt = judge.judgement().verdict() == Verdict.FAIL ? second : 0;
            }
        }
        int end = failedAt == 0 ? seconds : failedAt;
        return new Played(judge.judgement().verdict(), end, end * perSecond, isFailedByPeer);
    }

    private static Outcomes outcomes(SplittableRandom dice, int requests, double rate) {
        int errors = 0;
        for (int i = 0; i < requests; i++) {
            errors += dice.nextDouble() < rate ? 1 : 0;
        }
        return new Outcomes(requests, errors);
    }

    /** One-sided; the quantile of 1/12000, half of the false alarms of a step. */
    private static boolean zTest(Outcomes canary, Outcomes stable) {
        double pooled = canary.plus(stable).rate();
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / canary.requests() + 1.0 / stable.requests()));
        return deviation > 0 && (canary.rate() - stable.rate()) / deviation > 3.765;
    }

    private static String at(List<Played> sorted, double part, java.util.function.ToIntFunction<Played> what) {
        return sorted.isEmpty()
                ? "-"
                : Integer.toString(
                        what.applyAsInt(sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size()))));
    }

    private String share(long count) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / canaries);
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
    }
}
