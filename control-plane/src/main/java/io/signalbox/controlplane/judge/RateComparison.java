package io.signalbox.controlplane.judge;

/**
 * Compares the rates of bad outcomes, errors or slow answers, of a canary and of the stable pool that serves beside it, while they
 * run. It may be looked at
 * after every interval without its errors growing, and it does not matter how the common rate moves: an outage that hits
 * both alike is no evidence against the canary. Immutable.
 *
 * <p>Each interval is two samples, of canary and stable. For a bet on the rates {@code (c, s)}, made from earlier intervals
 * alone, the factor is the likelihood of the interval at {@code (c, s)} against that at the closest pair of rates (by
 * Kullback–Leibler divergence, weighted with the sample sizes) that the hypothesis allows. That factor has an expectation of
 * at most 1 under every pair that the hypothesis allows, as it is convex: R. Turner, A. Ly and P. Grünwald, "Generic
 * E-variables for exact sequential k-sample tests that allow for optional stopping" (2024), theorem 1; for the shifted
 * hypothesis R. Turner and P. Grünwald, "Exact anytime-valid confidence intervals for contingency tables and beyond" (2023).
 */
public final class RateComparison {
    /** By how much the canary may be worse, each a bet of its own: from one request in a thousand to nearly one in three. */
    private static final double[] INCREASES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

    private static final double HIGHEST_RATE = 1 - 1e-9;
    private static final int BISECTIONS = 60;

    private final double tolerance;
    private final Outcomes canary;
    private final Outcomes stable;
    private final Evidence worse;
    private final Evidence noWorse;

    private RateComparison(double tolerance, Outcomes canary, Outcomes stable, Evidence worse, Evidence noWorse) {
        this.tolerance = tolerance;
        this.canary = canary;
        this.stable = stable;
        this.worse = worse;
        this.noWorse = noWorse;
    }

    /** @param tolerance an increase of the rate that does not matter, above 0 and below 1: 0.01 is one percent point */
    public static RateComparison begin(double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("a tolerance of " + tolerance + " (expected: above 0 and below 1)");
        }
        return new RateComparison(
                tolerance,
                Outcomes.NONE,
                Outcomes.NONE,
                Evidence.fromAnyTime(INCREASES.length),
                Evidence.fromTheStart(1));
    }

    /** With one more interval; without requests on both sides there is nothing to compare, and no bet is made. */
    public RateComparison plus(Interval interval) {
        boolean comparable =
                interval.canary().requests() > 0 && interval.stable().requests() > 0 && stable.requests() > 0;
        return new RateComparison(
                tolerance,
                canary.plus(interval.canary()),
                stable.plus(interval.stable()),
                comparable ? worse.plus(gainsAgainstNoWorse(interval)) : worse,
                comparable ? noWorse.plus(new double[] {gainAgainstTooBad(interval)}) : noWorse);
    }

    /**
     * Whether it is established that the canary's rate is above the stable one's.
     *
     * @param alpha the probability, over the whole life of a canary that is no worse, that this is ever said
     */
    public boolean isWorse(double alpha) {
        return worse.reaches(alpha);
    }

    /**
     * Whether it is established that the canary's rate is not above the stable one's by the tolerance or more.
     *
     * @param beta the probability, over the whole life of a canary that is worse by that much, that this is ever said
     */
    public boolean isNoWorse(double beta) {
        return noWorse.reaches(beta);
    }

    /** The logarithm of the evidence that the canary is worse. */
    double logWorse() {
        return worse.log();
    }

    /** The logarithm of the evidence that the canary is not worse by the tolerance. */
    double logNoWorse() {
        return noWorse.log();
    }

    /** All that ended on the canary so far. */
    public Outcomes canary() {
        return canary;
    }

    /** All that ended on the stable pool so far. */
    public Outcomes stable() {
        return stable;
    }

    /** Against "the canary's rate is at most the stable one's": the closest such pair is one rate for both. */
    private double[] gainsAgainstNoWorse(Interval interval) {
        double expected = stable.expectedRate();
        double share = canaryShare(interval);
        double[] gains = new double[INCREASES.length];
        for (int i = 0; i < gains.length; i++) {
            double increased = Math.min(expected + INCREASES[i], (1 + expected) / 2);
            double common = share * increased + (1 - share) * expected;
            gains[i] = interval.canary().logLikelihoodRatio(increased, common)
                    + interval.stable().logLikelihoodRatio(expected, common);
        }
        return gains;
    }

    /** Against "the canary's rate is above the stable one's by the tolerance or more", a bet on one rate for both. */
    private double gainAgainstTooBad(Interval interval) {
        double expected = canary.plus(stable).expectedRate();
        double closest = closestTooBad(expected, canaryShare(interval));
        return interval.canary().logLikelihoodRatio(expected, Math.min(closest + tolerance, HIGHEST_RATE))
                + interval.stable().logLikelihoodRatio(expected, closest);
    }

    /** The stable rate of the pair {@code (rate + tolerance, rate)} that is closest to {@code (expected, expected)}. */
    private double closestTooBad(double expected, double share) {
        double low = Math.max(expected - tolerance, 1e-12);
        double high = Math.min(expected, HIGHEST_RATE - tolerance);
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = (low + high) / 2;
            double slope = share * slope(expected, middle + tolerance) + (1 - share) * slope(expected, middle);
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** How the divergence of a rate from another grows with the other. */
    private static double slope(double rate, double other) {
        return (other - rate) / (other * (1 - other));
    }

    private static double canaryShare(Interval interval) {
        double canaries = interval.canary().requests();
        return canaries / (canaries + interval.stable().requests());
    }
}
