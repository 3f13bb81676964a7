package io.signalbox.controlplane.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Judges a canary by one rate, that of errors or that of slow answers, of what ended on it and, at the same time, on the stable pool. Two things make it fail: that it is worse than
 * the stable pool (half of the false alarms), or above the ceiling (the other half). It passes when it is established that it
 * is not worse by the tolerance; where nothing is left on the stable pool to compare with, that it is below the ceiling.
 * Immutable.
 */
public final class Judge {
    private final Measure measure;
    private final Limits limits;
    private final boolean isCompared;
    private final RateComparison comparison;
    private final RateCeiling ceiling;

    private Judge(Measure measure, Limits limits, boolean isCompared, RateComparison comparison, RateCeiling ceiling) {
        this.measure = measure;
        this.limits = limits;
        this.isCompared = isCompared;
        this.comparison = comparison;
        this.ceiling = ceiling;
    }

    /** @param isCompared whether the stable pool has a part of the requests, so that there is something to compare with */
    public static Judge begin(Measure measure, Limits limits, boolean isCompared) {
        return new Judge(
                measure,
                limits,
                isCompared,
                RateComparison.begin(limits.tolerance()),
                RateCeiling.begin(limits.ceiling()));
    }

    /** @param interval over for good */
    public Judge plus(Interval interval) {
        return new Judge(measure, limits, isCompared, comparison.plus(interval), ceiling.plus(interval.canary()));
    }

    public Judge plus(List<Interval> intervals) {
        Judge judge = this;
        for (Interval interval : intervals) {
            judge = judge.plus(interval);
        }
        return judge;
    }

    /** What is known by now. May be asked after every interval. */
    public Judgement judgement() {
        Outcomes canary = comparison.canary();
        Outcomes stable = comparison.stable();
        String numbers = rate("canary", canary) + ", " + rate("stable", stable);
        Verdict verdict = Verdict.INCONCLUSIVE;
        String why;
        if (comparison.isWorse(limits.falseAlarm() / 2)) {
            verdict = Verdict.FAIL;
            why = "more " + measure.bad() + " than on the stable pool";
        } else if (ceiling.isAbove(limits.falseAlarm() / 2)) {
            verdict = Verdict.FAIL;
            why = "more " + measure.bad() + " than " + percent(limits.ceiling());
        } else if (canary.requests() < limits.minimumRequests()) {
            why = "fewer than " + limits.minimumRequests() + " " + measure.counted() + " on the canary";
        } else if (isCompared && comparison.isNoWorse(limits.miss())) {
            verdict = Verdict.PASS;
            why = "not worse than the stable pool by " + percent(limits.tolerance()) + " or more";
        } else if (!isCompared && ceiling.isBelow(limits.miss())) {
            verdict = Verdict.PASS;
            why = "fewer " + measure.bad() + " than " + percent(limits.ceiling());
        } else {
            why = "too few " + measure.counted() + " to tell "
                    + percent(isCompared ? limits.tolerance() : limits.ceiling());
        }
        return new Judgement(verdict, why + " (" + numbers + ")", canary, stable);
    }

    private String rate(String whose, Outcomes outcomes) {
        return outcomes.requests() == 0
                ? whose + " no " + measure.counted()
                : whose + " " + outcomes.bad() + " of " + outcomes.requests() + " " + measure.badly() + ", "
                        + percent(outcomes.rate());
    }

    private static String percent(double rate) {
        return new BigDecimal(100 * rate)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
