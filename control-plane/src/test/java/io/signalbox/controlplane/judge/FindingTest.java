package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingTest {
    private static final Finding GOOD = new Finding(Verdict.PASS, "good");
    private static final Finding FINE = new Finding(Verdict.PASS, "fine");
    private static final Finding UNKNOWN = new Finding(Verdict.INCONCLUSIVE, "unknown");
    private static final Finding BAD = new Finding(Verdict.FAIL, "bad");

    @Test
    void theWorstVerdictHoldsAndIsToldFirst() {
        assertThat(Finding.combined(List.of(GOOD, FINE))).isEqualTo(new Finding(Verdict.PASS, "good; fine"));
        assertThat(Finding.combined(List.of(GOOD, UNKNOWN, FINE)))
                .isEqualTo(new Finding(Verdict.INCONCLUSIVE, "unknown; good; fine"));
        assertThat(Finding.combined(List.of(UNKNOWN, FINE, BAD)))
                .isEqualTo(new Finding(Verdict.FAIL, "bad; unknown; fine"));
    }

    @Test
    void ofNothingThereIsNoVerdict() {
        assertThatThrownBy(() -> Finding.combined(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
