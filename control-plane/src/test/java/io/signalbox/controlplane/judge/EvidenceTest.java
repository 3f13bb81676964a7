package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final double ROUNDING = 1e-9;

    private static Evidence after(Evidence evidence, int intervals, double... logGains) {
        Evidence after = evidence;
        for (int i = 0; i < intervals; i++) {
            after = after.plus(logGains);
        }
        return after;
    }

    @Test
    void allThatIsKeptAndBetIsOneAsLongAsNothingHappens() {
        assertThat(after(Evidence.fromAnyTime(3), 1000, 0, 0, 0).log()).isCloseTo(0, within(ROUNDING));
        assertThat(after(Evidence.fromTheStart(3), 1000, 0, 0, 0).log()).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void isTheMeanOfItsBets() {
        Evidence evidence = after(Evidence.fromTheStart(2), 1, Math.log(3), Math.log(5));
        assertThat(evidence.log()).isCloseTo(Math.log(4), within(ROUNDING));
    }

    /** Half of the first interval's part has been won back, all that was kept is still there. */
    @Test
    void betsAPartAtEachInterval() {
        Evidence evidence = Evidence.fromAnyTime(1).plus(new double[] {Math.log(0.5)});
        assertThat(evidence.log()).isCloseTo(Math.log(0.25 + 0.5), within(ROUNDING));
        Evidence next = evidence.plus(new double[] {Math.log(2)});
        assertThat(next.log()).isCloseTo(Math.log(2 * (0.25 + 1.0 / 6) + 1.0 / 3), within(ROUNDING));
    }

    @Test
    void whatGoesWrongLateIsFoundThoughMuchWentWellBefore() {
        Evidence fromTheStart = after(after(Evidence.fromTheStart(1), 600, -1), 30, 1);
        Evidence fromAnyTime = after(after(Evidence.fromAnyTime(1), 600, -1), 30, 1);
        assertThat(fromTheStart.reaches(0.001)).isFalse();
        assertThat(fromAnyTime.reaches(0.001)).isTrue();
    }

    @Test
    void doesNotOverflow() {
        assertThat(after(Evidence.fromAnyTime(2), 1000, 1e5, -1e5).log()).isFinite();
        assertThat(after(Evidence.fromAnyTime(2), 1000, -1e5, -1e5).log()).isFinite();
    }
}
