package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateComparisonTest {
    private static final double TOLERANCE = 0.01;
    private static final double ROUNDING = 1e-9;
    private static final int CANARY = 5;
    private static final int STABLE = 7;
    private static final long SEED = 20_261_128;

    /** The very property that the error rates rest on, by going through every possible next interval. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9})
    void evidenceOfACanaryThatIsNoWorseIsNotExpectedToGrow(double rate) {
        RateComparison before = someHistory();
        double expected = expectation(before, rate, rate, after -> after.logWorse() - before.logWorse());
        assertThat(expected).isLessThanOrEqualTo(1 + ROUNDING);
        double better = expectation(before, rate / 2, rate, after -> after.logWorse() - before.logWorse());
        assertThat(better).isLessThanOrEqualTo(expected + ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9})
    void evidenceForACanaryThatIsTooBadIsNotExpectedToGrow(double rate) {
        RateComparison before = someHistory();
        double expected =
                expectation(before, rate + TOLERANCE, rate, after -> after.logNoWorse() - before.logNoWorse());
        assertThat(expected).isLessThanOrEqualTo(1 + ROUNDING);
        double worse =
                expectation(before, rate + 3 * TOLERANCE, rate, after -> after.logNoWorse() - before.logNoWorse());
        assertThat(worse).isLessThanOrEqualTo(expected + ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.05", "0.01, 0.05", "0.01, 0.01", "0.05, 0.1"})
    void aCanaryThatIsWorseIsFoundAndOneThatIsNotPasses(double rate, double increase) {
        SplittableRandom dice = new SplittableRandom(SEED);
        RateComparison worse = RateComparison.begin(TOLERANCE);
        RateComparison alike = RateComparison.begin(TOLERANCE);
        for (int second = 0; second < 600; second++) {
            worse = worse.plus(second(dice, rate + increase, rate));
            alike = alike.plus(second(dice, rate, rate));
        }
        assertThat(worse.isWorse(0.001)).as("seed %d", SEED).isTrue();
        assertThat(worse.isNoWorse(0.05)).as("seed %d", SEED).isFalse();
        assertThat(alike.isWorse(0.001)).as("seed %d", SEED).isFalse();
        assertThat(alike.isNoWorse(0.05)).as("seed %d", SEED).isTrue();
    }

    /** Looked at each second, of canaries as good as the stable pool at most alpha are ever found worse. */
    @Test
    void lookingEachSecondDoesNotAddUp() {
        double alpha = 0.05;
        int canaries = 1000;
        SplittableRandom dice = new SplittableRandom(SEED);
        int alarms = 0;
        for (int i = 0; i < canaries; i++) {
            alarms += isEverWorse(dice, alpha) ? 1 : 0;
        }
        double deviation = Math.sqrt(canaries * alpha * (1 - alpha));
        assertThat(alarms).as("seed %d", SEED).isLessThanOrEqualTo((int) (canaries * alpha + 5 * deviation));
    }

    private static boolean isEverWorse(SplittableRandom dice, double alpha) {
        RateComparison comparison = RateComparison.begin(TOLERANCE);
        for (int second = 0; second < 100; second++) {
            comparison = comparison.plus(second(dice, 0.02, 0.02));
            if (comparison.isWorse(alpha)) {
                return true;
            }
        }
        return false;
    }

    /** An outage of both pools at once says nothing against one of them. */
    @Test
    void whatHitsBothAlikeIsNoEvidence() {
        RateComparison comparison = RateComparison.begin(TOLERANCE);
        for (int second = 0; second < 60; second++) {
            comparison = comparison.plus(new Interval(new Outcomes(20, 0), new Outcomes(180, 0)));
        }
        for (int second = 0; second < 60; second++) {
            comparison = comparison.plus(new Interval(new Outcomes(20, 10), new Outcomes(180, 90)));
        }
        assertThat(comparison.isWorse(0.05)).isFalse();
    }

    @Test
    void withoutRequestsOnBothSidesNothingIsLearned() {
        RateComparison comparison = RateComparison.begin(TOLERANCE)
                .plus(new Interval(new Outcomes(10, 10), Outcomes.NONE))
                .plus(new Interval(new Outcomes(10, 10), Outcomes.NONE))
                .plus(new Interval(Outcomes.NONE, new Outcomes(10, 0)))
                .plus(new Interval(Outcomes.NONE, Outcomes.NONE));
        assertThat(comparison.logWorse()).isZero();
        assertThat(comparison.logNoWorse()).isZero();
        assertThat(comparison.canary()).isEqualTo(new Outcomes(20, 20));
        assertThat(comparison.stable()).isEqualTo(new Outcomes(10, 0));
    }

    @Test
    void survivesRatesOfNothingAndAll() {
        RateComparison none = RateComparison.begin(TOLERANCE);
        RateComparison all = none;
        for (int i = 0; i < 1000; i++) {
            none = none.plus(new Interval(new Outcomes(1000, 0), new Outcomes(1000, 0)));
            all = all.plus(new Interval(new Outcomes(1000, 1000), new Outcomes(1000, 1000)));
        }
        assertThat(none.logWorse()).isFinite();
        assertThat(all.logWorse()).isFinite();
        assertThat(none.isNoWorse(1e-6)).isTrue();
        assertThat(all.isWorse(0.5)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void aToleranceIsBetweenNoneAndAll(double tolerance) {
        assertThatThrownBy(() -> RateComparison.begin(tolerance)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thereAreNoMoreErrorsThanRequests() {
        assertThatThrownBy(() -> new Outcomes(1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Outcomes(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RateComparison someHistory() {
        return RateComparison.begin(TOLERANCE)
                .plus(new Interval(new Outcomes(40, 1), new Outcomes(160, 2)))
                .plus(new Interval(new Outcomes(50, 2), new Outcomes(150, 1)));
    }

    private static double expectation(
            RateComparison before, double canaryRate, double stableRate, ToDoubleFunction<RateComparison> logGain) {
        double sum = 0;
        for (int c = 0; c <= CANARY; c++) {
            for (int s = 0; s <= STABLE; s++) {
                RateComparison after = before.plus(new Interval(new Outcomes(CANARY, c), new Outcomes(STABLE, s)));
                sum += probability(c, CANARY, canaryRate)
                        * probability(s, STABLE, stableRate)
                        * Math.exp(logGain.applyAsDouble(after));
            }
        }
        return sum;
    }

    private static double probability(int errors, int requests, double rate) {
        double ways = 1;
        for (int i = 0; i < errors; i++) {
            ways = ways * (requests - i) / (i + 1);
        }
        return ways * Math.pow(rate, errors) * Math.pow(1 - rate, requests - errors);
    }

    private static Interval second(SplittableRandom dice, double canaryRate, double stableRate) {
        return new Interval(outcomes(dice, 50, canaryRate), outcomes(dice, 150, stableRate));
    }

    private static Outcomes outcomes(SplittableRandom dice, int requests, double rate) {
        int errors = 0;
        for (int i = 0; i < requests; i++) {
            errors += dice.nextDouble() < rate ? 1 : 0;
        }
        return new Outcomes(requests, errors);
    }
}
