package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.benchmarks.Switches;
import io.signalbox.benchmarks.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Make before break: `signalbox bench switches` in short. */
class SwitchesTest {
    private static final int SWITCHES = 100;
    private static final int CLIENTS = 8;

    @ParameterizedTest
    @EnumSource
    void noRequestFailsWhileARouteIsSwitchedAndThePoolItLeavesIsDeleted(Target target) throws Exception {
        Switches.Result result = Switches.run(target, SWITCHES, CLIENTS, done -> {});

        assertThat(result.failures()).isEmpty();
        assertThat(result.requests()).isGreaterThan(SWITCHES);
    }
}
