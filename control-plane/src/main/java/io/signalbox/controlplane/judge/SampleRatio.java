package io.signalbox.controlplane.judge;

import java.util.Arrays;
import java.util.List;

/**
 * Whether visitors come to the variants of an experiment as they should. It may be looked at after every visitor without its
 * errors growing. Immutable.
 *
 * <p>The evidence is by how much likelier the counts are if the shares were drawn from Dirichlet distributions around the
 * configured ones than if they were those. With each visitor it is multiplied by a factor whose expectation is 1 as long as
 * the shares are the configured ones, so the probability that it <em>ever</em> reaches {@code 1 / alpha} is at most
 * {@code alpha}: M. Lindon and A. Malek, "Anytime-Valid Inference for Multinomial Count Data" (2022), theorem 2.
 *
 * @param shares of each variant against the others, as configured; one without a share is not looked at
 * @param visitors of each variant, each of whom was assigned independently of all others
 */
public record SampleRatio(List<Long> shares, List<Long> visitors) {
    /** How often an experiment whose visitors come as they should is ever found to be wrong. */
    public static final double FALSE_ALARM = 0.001;

    /**
     * How close to the configured shares others are expected, as if so many visitors had been seen: with two variants of 50 percent
     * within 16, 5, 1.6, and 0.5 percent points mostly. A bet on each, so that what is far off is found soon, and what is close at all.
     */
    private static final double[] CONCENTRATIONS = {10, 100, 1000, 10_000};

    public SampleRatio {
        shares = List.copyOf(shares);
        visitors = List.copyOf(visitors);
        if (shares.size() != visitors.size()) {
            throw new IllegalArgumentException(shares.size() + " shares, " + visitors.size() + " counts");
        }
    }

    /** Whether it is established that visitors do not come as they should. */
    public boolean isMismatch() {
        return logEvidence() >= -Math.log(FALSE_ALARM);
    }

    /** At most so probable is it that the evidence is ever as strong as now while visitors come as they should. */
    public double pValue() {
        return Math.min(1, Math.exp(-logEvidence()));
    }

    /** What part of the visitors a variant should have, 0 to 1. */
    public double expected(int variant) {
        return (double) shares.get(variant)
                / shares.stream().mapToLong(Long::longValue).sum();
    }

    /** What part of the visitors a variant has, 0 to 1; 0 while there are none. */
    public double found(int variant) {
        long all = visitors.stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : (double) visitors.get(variant) / all;
    }

    /** The logarithm of the evidence that visitors do not come as they should: the mean of that of all bets. */
    public double logEvidence() {
        double[] logs = Arrays.stream(CONCENTRATIONS).map(this::logEvidence).toArray();
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
        return largest + Math.log(sum / logs.length);
    }

    private double logEvidence(double concentration) {
        long all = 0;
        double log = 0;
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i) > 0) {
                double prior = concentration * expected(i);
                long count = visitors.get(i);
                all += count;
                log += LogGamma.of(prior + count) - LogGamma.of(prior) - count * Math.log(expected(i));
            }
        }
        return log + LogGamma.of(concentration) - LogGamma.of(concentration + all);
    }
}
