package io.signalbox.controlplane.judge;

/**
 * How many requests have ended, and how many of them in error.
 *
 * @param errors at most {@code requests}
 */
public record Outcomes(long requests, long errors) {
    public static final Outcomes NONE = new Outcomes(0, 0);

    /** Of a normal distribution, between which 95 percent lie. */
    private static final double DEVIATIONS = 1.959964;

    public Outcomes {
        if (errors < 0 || errors > requests) {
            throw new IllegalArgumentException(errors + " errors in " + requests + " requests");
        }
    }

    public Outcomes plus(Outcomes more) {
        return new Outcomes(requests + more.requests, errors + more.errors);
    }

    public long successes() {
        return requests - errors;
    }

    /** Errors by requests; 0 without requests. */
    public double rate() {
        return requests == 0 ? 0 : (double) errors / requests;
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

    /** The rate to expect of the next request. Never 0 or 1: half an error and half a success count as seen. */
    double expectedRate() {
        return (errors + 0.5) / (requests + 1);
    }

    /** The logarithm of how much more likely this is at one rate than at another. */
    double logLikelihoodRatio(double rate, double other) {
        // A rate that cannot be, met by what did not happen, is no obstacle.
        return term(errors, rate, other) + term(successes(), 1 - rate, 1 - other);
    }

    private static double term(long count, double rate, double other) {
        return count == 0 ? 0 : count * (Math.log(rate) - Math.log(other));
    }
}
