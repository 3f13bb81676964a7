package io.signalbox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CanaryPairTest {
    @Test
    void independentCanariesPass() {
        assertThat(pair(250, 250, 250, 250).chiSquared()).isZero();
        assertThat(pair(270, 240, 235, 255).faults()).isEmpty();
    }

    @Test
    void chiSquaredIsPearsons() {
        // Each cell is expected to hold 250, and misses it by 20: 4 × 20² / 250.
        assertThat(pair(270, 230, 230, 270).chiSquared()).isCloseTo(6.4, within(1e-9));
    }

    @Test
    void canariesThatDependOnEachOtherFail() {
        assertThat(pair(500, 0, 0, 500).faults()).containsExactly("pair: χ² 1000.00 (expected: at most 25)");
        assertThat(pair(290, 210, 210, 290).faults()).hasSize(1);
    }

    @Test
    void aCanaryThatEverybodyIsOnSaysNothing() {
        assertThat(pair(500, 500, 0, 0).faults())
                .containsExactly(
                        "pair: 100.00 % of the users on the first canary (expected: 50 ± 7.91)",
                        "pair: χ² NaN (expected: at most 25)");
        assertThat(pair(0, 0, 0, 0).faults()).hasSize(3);
    }

    @Test
    void usersHaveToStay() {
        assertThat(new CanaryPair("pair", 250, 250, 250, 250, 1, 2).faults())
                .containsExactly(
                        "pair: 1 users changed arm (expected: 0)",
                        "pair: 2 users were answered by no arm (expected: 0)");
    }

    private static CanaryPair pair(int both, int first, int second, int neither) {
        return new CanaryPair("pair", both, first, second, neither, 0, 0);
    }
}
