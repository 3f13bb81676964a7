package io.signalbox.controlplane.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public final class LatenciesTest {
    /** So many answers, all up to this boundary and above the one before. */
    public static Latencies answers(double upToMillis, long count) {
        List<Long> bars = new ArrayList<>(Latencies.NONE.bars());
        bars.set(LatencyBounds.barOf(upToMillis), count);
        return new Latencies(bars);
    }

    @Test
    void aPercentileLiesBetweenTheBoundariesOfItsBar() {
        Latencies latencies = answers(100, 98).plus(answers(500, 2));

        assertThat(latencies.answers()).isEqualTo(100);
        assertThat(latencies.quantile(0.5).orElseThrow()).isCloseTo(70 + 30 * 50.0 / 98, within(1e-9));
        assertThat(latencies.quantile(0.98).orElseThrow()).isCloseTo(100, within(1e-9));
        assertThat(latencies.quantile(0.99).orElseThrow()).isCloseTo(450, within(1e-9));
        assertThat(latencies.quantile(1).orElseThrow()).isCloseTo(500, within(1e-9));
    }

    @Test
    void ofNothingAndOfWhatIsAboveAllLittleIsKnown() {
        assertThat(Latencies.NONE.quantile(0.5)).isEmpty();
        assertThat(answers(Double.POSITIVE_INFINITY, 1).quantile(0.01)).hasValue(60_000);
    }

    @Test
    void slowIsWhatIsAboveABoundary() {
        Latencies latencies =
                answers(400, 5).plus(answers(500, 3)).plus(answers(700, 2)).plus(answers(1e9, 1));

        assertThat(latencies.above(500)).isEqualTo(3);
        assertThat(latencies.above(400)).isEqualTo(6);
        assertThat(latencies.above(60_000)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.above(450));
    }

    @Test
    void otherBoundariesAreTakenToTheNextOneAbove() {
        assertThat(answers(0.5, 1)).isEqualTo(answers(1, 1));
        assertThat(answers(250.5, 1)).isEqualTo(answers(300, 1));
        assertThat(answers(1_800_000, 1)).isEqualTo(answers(Double.POSITIVE_INFINITY, 1));
    }
}
