package io.signalbox.controlplane.judge;

import java.util.Arrays;

/**
 * Evidence against a hypothesis, gathered interval by interval: the mean of several bets against it, each the product of its
 * likelihood ratios so far. While the hypothesis holds, its expectation never exceeds 1, so the probability that it
 * <em>ever</em> reaches {@code 1 / alpha} is at most {@code alpha}, however often and whenever one looks (Ville's inequality).
 */
final class Evidence {
    private final double[] logBets;

    private Evidence(double[] logBets) {
        this.logBets = logBets;
    }

    static Evidence none(int bets) {
        return new Evidence(new double[bets]);
    }

    /** @param logGains for each bet what the interval adds to its logarithm */
    Evidence plus(double[] logGains) {
        double[] sum = logBets.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += logGains[i];
        }
        return new Evidence(sum);
    }

    boolean reaches(double alpha) {
        return log() >= -Math.log(alpha);
    }

    /** The logarithm of the mean, without overflow. */
    double log() {
        double largest = Arrays.stream(logBets).max().orElseThrow();
        double sum = Arrays.stream(logBets).map(bet -> Math.exp(bet - largest)).sum();
        return largest + Math.log(sum / logBets.length);
    }
}
