package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class LogGammaTest {
    @Test
    void ofWholeNumbersItIsTheLogarithmOfAFactorial() {
        double factorial = 0;
        for (int n = 1; n <= 1000; n++) {
            assertThat(LogGamma.of(n)).isCloseTo(factorial, within(1e-12 * Math.max(1, factorial)));
            factorial += Math.log(n);
        }
    }

    @Test
    void ofAHalfItIsTheLogarithmOfTheRootOfPi() {
        assertThat(LogGamma.of(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-13));
    }

    @Property
    void oneMoreAddsTheLogarithm(@ForAll @DoubleRange(min = 1e-6, max = 1e9) @Scale(6) double x) {
        double expected = LogGamma.of(x) + Math.log(x);
        assertThat(LogGamma.of(x + 1)).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
    }
}
