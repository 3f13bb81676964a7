package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
    private static final List<Long> EVEN = List.of(1L, 1L);

    @Test
    void nobodyIsNoEvidence() {
        SampleRatio nobody = new SampleRatio(EVEN, List.of(0L, 0L));
        assertThat(nobody.logEvidence()).isCloseTo(0, within(1e-9));
        assertThat(nobody.pValue()).isCloseTo(1, within(1e-9));
        assertThat(nobody.found(0)).isZero();
        assertThat(nobody.expected(0)).isEqualTo(0.5);
    }

    @Test
    void whatIsFarOffIsAMismatchAndWhatIsCloseIsNone() {
        assertThat(new SampleRatio(EVEN, List.of(5200L, 4800L)).isMismatch()).isFalse();
        assertThat(new SampleRatio(EVEN, List.of(5300L, 4700L)).isMismatch()).isTrue();
        assertThat(new SampleRatio(List.of(53L, 47L), List.of(5300L, 4700L)).isMismatch())
                .isFalse();
        assertThat(new SampleRatio(EVEN, List.of(5300L, 4700L)).pValue()).isLessThan(0.001);
    }

    @Test
    void aVariantWithoutAShareIsNotLookedAt() {
        SampleRatio without = new SampleRatio(EVEN, List.of(530L, 470L));
        SampleRatio with = new SampleRatio(List.of(1L, 0L, 1L), List.of(530L, 7L, 470L));
        assertThat(with.logEvidence()).isEqualTo(without.logEvidence());
    }

    @Test
    void eachVariantHasACount() {
        assertThatThrownBy(() -> new SampleRatio(EVEN, List.of(1L))).hasMessage("2 shares, 1 counts");
    }

    /** What the error rates rest on: over all that the next visitor may do, the evidence is as much as before. */
    @Property
    void theNextVisitorIsExpectedToChangeNothing(
            @ForAll @IntRange(min = 1, max = 1000) int share,
            @ForAll @IntRange(min = 0, max = 100_000) int one,
            @ForAll @IntRange(min = 0, max = 100_000) int other) {
        List<Long> shares = List.of((long) share, 100L);
        SampleRatio now = new SampleRatio(shares, List.of((long) one, (long) other));
        double first = new SampleRatio(shares, List.of(one + 1L, (long) other)).logEvidence() - now.logEvidence();
        double second = new SampleRatio(shares, List.of((long) one, other + 1L)).logEvidence() - now.logEvidence();
        assertThat(now.expected(0) * Math.exp(first) + now.expected(1) * Math.exp(second))
                .isCloseTo(1, within(1e-5));
    }

    /** At most 1 in 1,000 is promised; 5 of 500 would come once in 6,000 times. */
    @Test
    void lookingAgainAndAgainFindsNothingWhereNothingIs() {
        SeededDice dice = SeededDice.roll();
        int alarms = 0;
        for (int run = 0; run < 500; run++) {
            alarms += hasAlarm(dice, 0.3, 20_000) ? 1 : 0;
        }
        assertThat(alarms).isLessThan(5);
    }

    @Test
    void whatIsOffByThreePointsIsFound() {
        SeededDice dice = SeededDice.roll();
        for (int run = 0; run < 20; run++) {
            assertThat(hasAlarm(dice, 0.33, 60_000)).isTrue();
        }
    }

    /** With 30 to 70 configured, looking each 100 visitors. */
    private static boolean hasAlarm(SeededDice dice, double share, int visitors) {
        List<Long> shares = List.of(3L, 7L);
        List<Long> counts = new ArrayList<>(List.of(0L, 0L));
        for (int i = 1; i <= visitors; i++) {
            int variant = dice.nextInt(1_000_000) < share * 1_000_000 ? 0 : 1;
            counts.set(variant, counts.get(variant) + 1);
            if (i % 100 == 0 && new SampleRatio(shares, counts).isMismatch()) {
                return true;
            }
        }
        return false;
    }
}
