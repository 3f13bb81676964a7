package io.signalbox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryStepTest {
    private static final Census TESTERS = new Census(10, 10, 0, 0, 0);
    private static final Census DECLINERS = new Census(10, 0, 0, 0, 0);

    @Test
    void aCensusCountsUsers() {
        List<List<String>> answers = List.of(
                List.of("v1", "v1", "v1", "v1"),
                List.of("v2", "v2", "v2", "v2"),
                List.of("v1", "v1", "v1", "v2"),
                List.of("v1", "v2", "v1", "v1"),
                List.of("v2", "v2", "v2", "status 503"));
        assertThat(Census.of(answers, Set.of("v1", "v2"), "v2")).isEqualTo(new Census(5, 2, 3, 1, 1));
    }

    @Test
    void aShareMayMissByFiveStandardDeviations() {
        // 5 √(10,000 × 0.25 × 0.75) = 216.5 users
        assertThat(step(25, 2500).tolerance()).isCloseTo(2.165, within(0.001));
        assertThat(step(25, 2500 + 216).faults()).isEmpty();
        assertThat(step(25, 2500 - 216).faults()).isEmpty();
        assertThat(step(25, 2500 + 217).faults())
                .containsExactly("at 25 %: 27.17 % of the users on the canary (expected: 25 ± 2.17)");
        assertThat(step(25, 2500 - 217).faults()).hasSize(1);
        assertThat(step(100, 9999).faults()).hasSize(1);
    }

    @Test
    void nobodyIsOnAnAbortedCanary() {
        Census users = new Census(10_000, 1, 0, 0, 0);
        assertThat(new CanaryStep(0, users, TESTERS, DECLINERS, 0).faults())
                .containsExactly(
                        "aborted: 0.01 % of the users on the canary (expected: 0 ± 0.00)",
                        "aborted: 10 users with canary=true on the canary (expected: 0)");
    }

    @Test
    void eachCountThatIsNotZeroIsAFault() {
        Census unsteady = new Census(10_000, 2500, 3, 2, 1);
        assertThat(new CanaryStep(25, unsteady, new Census(10, 9, 0, 0, 0), new Census(10, 1, 0, 0, 0), 4).faults())
                .containsExactly(
                        "at 25 %: 4 users left the canary as it rose (expected: 0)",
                        "at 25 %: 9 users with canary=true on the canary (expected: 10)",
                        "at 25 %: 1 users with canary=false on the canary (expected: 0)",
                        "at 25 %: 3 users changed arm, 2 between proxies (expected: 0)",
                        "at 25 %: 1 users were answered by no arm (expected: 0)");
    }

    private static CanaryStep step(int weight, int onCanary) {
        return new CanaryStep(weight, new Census(10_000, onCanary, 0, 0, 0), TESTERS, DECLINERS, 0);
    }
}
