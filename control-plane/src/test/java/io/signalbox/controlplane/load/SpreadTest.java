package io.signalbox.controlplane.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.SeededDice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aSecondThatIsCutIsSharedByTime() {
        assertThat(Spread.overSeconds(NOON.plusMillis(250), Duration.ofSeconds(1), new Counts(100, 20)))
                .isEqualTo(Map.of(NOON.minusSeconds(1), new Counts(75, 15), NOON, new Counts(25, 5)));
    }

    @Test
    void aWholeSecondStaysWhole() {
        assertThat(Spread.overSeconds(NOON, Duration.ofSeconds(1), new Counts(7, 1)))
                .isEqualTo(Map.of(NOON.minusSeconds(1), new Counts(7, 1)));
    }

    @Test
    void theOnlyRequestIsNotLost() {
        assertThat(Spread.overSeconds(NOON.plusMillis(10), Duration.ofSeconds(30), new Counts(1, 1)))
                .isEqualTo(Map.of(NOON, new Counts(1, 1)));
    }

    @Test
    void sharesAddUpAndAreWithinTheTime() {
        SeededDice dice = SeededDice.roll();
        for (int i = 0; i < 2_000; i++) {
            Instant end = NOON.plusMillis(dice.nextInt(5_000));
            Duration covered = Duration.ofMillis(1 + dice.nextInt(60_000));
            int requests = dice.nextInt(1_000);
            Counts counts = new Counts(requests, dice.nextInt(requests + 1));

            Map<Instant, Counts> shares = Spread.overSeconds(end, covered, counts);

            assertThat(shares.values().stream().reduce(Counts.ZERO, Counts::plus))
                    .isEqualTo(counts);
            Instant first = end.minus(covered).truncatedTo(ChronoUnit.SECONDS);
            assertThat(shares.keySet()).allMatch(second -> !second.isBefore(first) && second.isBefore(end));
        }
    }
}
