package io.signalbox.controlplane.judge;

/**
 * The logarithm of the gamma function, by Stirling's series: NIST Digital Library of Mathematical Functions, 5.11.1. To 12
 * digits at least.
 */
final class LogGamma {
    private static final double HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;
    /** From here on six terms of the series are exact to the last digits. */
    private static final double LARGE = 12;

    /** B(2k) / (2k (2k - 1)), with the numbers of Bernoulli. */
    private static final double[] TERMS = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360};

    private LogGamma() {}

    /** @param x above 0 */
    static double of(double x) {
        double shifted = x;
        double product = 1; // the gamma function of x + 1 is x times that of x
        while (shifted < LARGE) {
            product *= shifted;
            shifted++;
        }
        double series = 0;
        double power = 1 / shifted;
        for (double term : TERMS) {
            series += term * power;
            power /= shifted * shifted;
        }
        return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + series - Math.log(product);
    }
}
