package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.benchmarks.CanaryUsers;
import org.junit.jupiter.api.Test;

/** Users stay where they are: `signalbox bench canary-users` in short. */
class CanaryUsersTest {
    private static final CanaryUsers.Options FEW = new CanaryUsers.Options(300, 4, 42);

    @Test
    void nobodyChangesSidesWhileTheShareStandsOrLeavesTheCanaryAsItRises() throws Exception {
        CanaryUsers.Result result = CanaryUsers.run(FEW, part -> {});

        assertThat(result.faults()).isEmpty();
        assertThat(result.steps()).hasSize(6);
        assertThat(result.pairs()).hasSize(2);
    }
}
