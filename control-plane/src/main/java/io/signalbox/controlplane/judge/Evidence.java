package io.signalbox.controlplane.judge;

import java.util.Arrays;

/**
 * Evidence against a hypothesis, gathered interval by interval: money on bets against it, which each interval multiplies by
 * their likelihood ratios. While the hypothesis holds its expectation never exceeds 1, so the probability that it
 * <em>ever</em> reaches {@code 1 / alpha} is at most {@code alpha}, however often and whenever one looks (Ville's inequality).
 *
 * <p>Either all is bet from the first interval on, or a part of it at each: {@code 1 / (t (t + 1))} at interval {@code t},
 * which add up to 1, while the rest is kept. So what begins to go wrong late is found nearly as fast as what is wrong from the
 * start, whatever went well before.
 */
final class Evidence {
    private final double[] logBets;
    /** What is not bet yet. */
    private final double kept;
    /** How many times a part was bet; 0 where all is bet from the start. */
    private final int parts;

    private Evidence(double[] logBets, double kept, int parts) {
        this.logBets = logBets;
        this.kept = kept;
        this.parts = parts;
    }

    /** Of all that was seen from the start. */
    static Evidence fromTheStart(int bets) {
        double[] even = new double[bets];
        Arrays.fill(even, -Math.log(bets));
        return new Evidence(even, 0, 0);
    }

    /** Of what was seen from any interval on. */
    static Evidence fromAnyTime(int bets) {
        double[] nothing = new double[bets];
        Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
        return new Evidence(nothing, 1, 0);
    }

    /** @param logGains for each bet what the interval multiplies it by, as a logarithm */
    Evidence plus(double[] logGains) {
        int part = parts + 1;
        double left = kept == 0 ? 0 : 1.0 / (part + 1);
        double bet = Math.log((kept - left) / logBets.length);
        double[] after = new double[logBets.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = sum(logBets[i], bet) + logGains[i];
        }
        return new Evidence(after, left, kept == 0 ? 0 : part);
    }

    boolean reaches(double alpha) {
        return log() >= -Math.log(alpha);
    }

    /** The logarithm of all there is. */
    double log() {
        double all = Math.log(kept);
        for (double bet : logBets) {
            all = sum(all, bet);
        }
        return all;
    }

    /** Of two logarithms that of the sum, without overflow; the logarithm of nothing is negative infinity. */
    private static double sum(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
