package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateCeilingTest {
    private static final double ROUNDING = 1e-9;
    private static final double CEILING = 0.05;
    private static final int REQUESTS = 12;

    private static RateCeiling someHistory() {
        return RateCeiling.begin(CEILING).plus(new Outcomes(40, 1)).plus(new Outcomes(50, 4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.01, 0.03, 0.05})
    void evidenceThatItIsAboveIsNotExpectedToGrowBelow(double rate) {
        RateCeiling before = someHistory();
        assertThat(expectation(before, rate, after -> after.logAbove() - before.logAbove()))
                .isLessThanOrEqualTo(1 + ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.07, 0.3, 0.9})
    void evidenceThatItIsBelowIsNotExpectedToGrowAbove(double rate) {
        RateCeiling before = someHistory();
        assertThat(expectation(before, rate, after -> after.logBelow() - before.logBelow()))
                .isLessThanOrEqualTo(1 + ROUNDING);
    }

    @Test
    void tellsAboveFromBelow() {
        RateCeiling good = RateCeiling.begin(CEILING);
        RateCeiling bad = good;
        for (int i = 0; i < 20; i++) {
            good = good.plus(new Outcomes(50, 1));
            bad = bad.plus(new Outcomes(50, 10));
        }
        assertThat(good.isBelow(0.01)).isTrue();
        assertThat(good.isAbove(0.05)).isFalse();
        assertThat(bad.isAbove(0.0001)).isTrue();
        assertThat(bad.isBelow(0.5)).isFalse();
    }

    @Test
    void nothingIsAboveAll() {
        RateCeiling none = RateCeiling.begin(1);
        for (int i = 0; i < 100; i++) {
            none = none.plus(new Outcomes(10, 10));
        }
        assertThat(none.isAbove(0.5)).isFalse();
        assertThat(none.isBelow(0.01)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void aCeilingIsARate(double ceiling) {
        assertThatThrownBy(() -> RateCeiling.begin(ceiling)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double expectation(RateCeiling before, double rate, ToDoubleFunction<RateCeiling> logGain) {
        double sum = 0;
        double probability = Math.pow(1 - rate, REQUESTS);
        for (int errors = 0; errors <= REQUESTS; errors++) {
            sum += probability * Math.exp(logGain.applyAsDouble(before.plus(new Outcomes(REQUESTS, errors))));
            probability *= rate / (1 - rate) * (REQUESTS - errors) / (errors + 1);
        }
        return sum;
    }
}
