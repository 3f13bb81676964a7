package io.signalbox.controlplane.judge;

/**
 * Compares a rate of bad outcomes with one that it must not exceed, whatever others do. May be looked at after every interval without
 * its errors growing, as {@link RateComparison}. Immutable.
 */
public final class RateCeiling {
    /** How far above the ceiling it may be, each a bet of its own. */
    private static final double[] EXCESSES = {0.003, 0.01, 0.03, 0.1, 0.3};

    private final double ceiling;
    private final Outcomes seen;
    private final Evidence above;
    private final Evidence below;

    private RateCeiling(double ceiling, Outcomes seen, Evidence above, Evidence below) {
        this.ceiling = ceiling;
        this.seen = seen;
        this.above = above;
        this.below = below;
    }

    /** @param ceiling above 0 and at most 1, which nothing exceeds */
    public static RateCeiling begin(double ceiling) {
        if (!(ceiling > 0 && ceiling <= 1)) {
            throw new IllegalArgumentException("a ceiling of " + ceiling + " (expected: above 0, at most 1)");
        }
        return new RateCeiling(ceiling, Outcomes.NONE, Evidence.fromAnyTime(EXCESSES.length), Evidence.fromTheStart(1));
    }

    public RateCeiling plus(Outcomes interval) {
        return new RateCeiling(
                ceiling, seen.plus(interval), above.plus(gainsAgainstBelow(interval)), below.plus(new double[] {
                    gainAgainstAbove(interval)
                }));
    }

    /** @param alpha the probability that this is ever said of a rate that is not above the ceiling */
    public boolean isAbove(double alpha) {
        return above.reaches(alpha);
    }

    /** @param beta the probability that this is ever said of a rate that is not below the ceiling */
    public boolean isBelow(double beta) {
        return ceiling == 1 || below.reaches(beta);
    }

    /** The logarithm of the evidence that the rate is above. */
    double logAbove() {
        return above.log();
    }

    /** The logarithm of the evidence that the rate is below. */
    double logBelow() {
        return below.log();
    }

    private double[] gainsAgainstBelow(Outcomes interval) {
        double[] gains = new double[EXCESSES.length];
        for (int i = 0; i < gains.length; i++) {
            double higher = Math.min(ceiling + EXCESSES[i], (1 + ceiling) / 2);
            gains[i] = interval.logLikelihoodRatio(higher, ceiling);
        }
        return gains;
    }

    /** A bet on the rate seen so far, as long as that is below. */
    private double gainAgainstAbove(Outcomes interval) {
        return interval.logLikelihoodRatio(Math.min(seen.expectedRate(), ceiling), ceiling);
    }
}
