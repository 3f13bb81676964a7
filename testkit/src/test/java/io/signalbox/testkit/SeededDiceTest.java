package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededDiceTest {
    @Test
    void repeatsItselfWithTheSameSeed() {
        assertThat(throwTenTimes(SeededDice.of(7))).isEqualTo(throwTenTimes(SeededDice.of(7)));
    }

    @Test
    void takesItsSeedFromTheSystemProperty() {
        System.setProperty("signalbox.seed", "42");
        try {
            assertThat(SeededDice.roll().seed()).isEqualTo(42);
        } finally {
            System.clearProperty("signalbox.seed");
        }
    }

    private static List<Integer> throwTenTimes(SeededDice dice) {
        return IntStream.range(0, 10).mapToObj(i -> dice.nextInt(6)).toList();
    }
}
