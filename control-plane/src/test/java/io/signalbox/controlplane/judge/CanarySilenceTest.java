package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CanarySilenceTest {
    private final List<Interval> intervals = new ArrayList<>();

    private CanarySilenceTest seconds(int count, long canary, long stable) {
        intervals.addAll(Collections.nCopies(
                count, new Interval(new Outcomes(canary, canary / 2), new Outcomes(stable, stable / 2))));
        return this;
    }

    private boolean isSilent() {
        return CanarySilence.of(intervals).isPresent();
    }

    @Test
    void aCanaryThatFallsSilentWhileTheStablePoolDoesNotIsTold() {
        seconds(10, 10, 90).seconds(4, 0, 90);
        assertThat(isSilent()).isFalse();
        seconds(1, 0, 90);
        assertThat(CanarySilence.of(intervals))
                .contains(new Finding(
                        Verdict.INCONCLUSIVE,
                        "the canary is silent: 450 requests have ended on the stable pool since the last one on the"
                                + " canary, which no request reaches or which has no healthy server"));
        seconds(1, 1, 90);
        assertThat(isSilent()).isFalse();
    }

    @Test
    void aCanaryThatIsSilentFromTheStartIsTold() {
        assertThat(CanarySilence.of(seconds(5, 0, 4).intervals))
                .hasValueSatisfying(finding -> assertThat(finding.reason())
                        .startsWith("the canary is silent: 20 requests have ended on the stable pool and none on the"
                                + " canary, "));
    }

    @Test
    void whereTheStablePoolIsSilentTooNothingIsMissed() {
        assertThat(isSilent()).isFalse();
        assertThat(seconds(60, 0, 0).isSilent()).isFalse();
        intervals.clear();
        assertThat(seconds(10, 10, 90).seconds(60, 0, 0).isSilent()).isFalse();
        intervals.clear();
        assertThat(seconds(60, 0, 0).seconds(3, 0, 6).isSilent())
                .as("19 are too few")
                .isFalse();
    }

    /** The stable pool has much other traffic, or nothing is left on it. */
    @Test
    void asManyAreExpectedAsCameBefore() {
        seconds(30, 1, 1000).seconds(19, 0, 1000);
        assertThat(isSilent()).isFalse();
        seconds(1, 0, 1000);
        assertThat(isSilent()).isTrue();
        intervals.clear();
        assertThat(seconds(30, 100, 0).seconds(30, 0, 1).isSilent()).isFalse();
    }

    @Test
    void whatIsSeldomIsNotMissed() {
        assertThat(seconds(10, 0, 10).seconds(1, 19, 10).seconds(60, 0, 100).isSilent())
                .isFalse();
    }
}
