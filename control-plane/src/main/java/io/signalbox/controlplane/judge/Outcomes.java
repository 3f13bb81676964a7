package io.signalbox.controlplane.judge;

/**
 * How many requests have ended, and how many of them badly: in error, or slowly.
 *
 * @param bad at most {@code requests}
 */
public record Outcomes(long requests, long bad) {
    public static final Outcomes NONE = new Outcomes(0, 0);

    /** Of a normal distribution, between which 95 percent lie. */
    private static final double DEVIATIONS = 1.959964;

    public Outcomes {
        if (bad < 0 || bad > requests) {
            throw new IllegalArgumentException(bad + " bad ones in " + requests + " requests");
        }
    }

    public Outcomes plus(Outcomes more) {
        return new Outcomes(requests + more.requests, bad + more.bad);
    }

    public long good() {
        return requests - bad;
    }

    /** The bad ones by all; 0 without requests. */
    public double rate() {
        return requests == 0 ? 0 : (double) bad / requests;
    }

    /**
     * Between which rates the true one lies, 95 times of 100; everything without requests. E. Wilson, "Probable inference, the law
     * of succession, and statistical inference" (1927). For people to look at: verdicts do not rest on it.
     */
    public Range range() {
        if (requests == 0) {
            return new Range(0, 1);
        }
        double spread = DEVIATIONS * DEVIATIONS / requests;
        double middle = rate() + spread / 2;
        double half = Math.sqrt(spread * (rate() * (1 - rate()) + spread / 4));
        return new Range(Math.max(0, (middle - half) / (1 + spread)), Math.min(1, (middle + half) / (1 + spread)));
    }

    public record Range(double from, double to) {}

    /** The rate to expect of the next request. Never 0 or 1: half a bad one and half a good one count as seen. */
    double expectedRate() {
        return (bad + 0.5) / (requests + 1);
    }

    /** The logarithm of how much more likely this is at one rate than at another. */
    double logLikelihoodRatio(double rate, double other) {
        // A rate that cannot be, met by what did not happen, is no obstacle.
        return term(bad, rate, other) + term(good(), 1 - rate, 1 - other);
    }

    private static double term(long count, double rate, double other) {
        return count == 0 ? 0 : count * (Math.log(rate) - Math.log(other));
    }
}
