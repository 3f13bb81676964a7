package io.signalbox.controlplane.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackOffTest {
    @Test
    void doublesUpToTenMinutes() {
        assertThat(IntStream.of(1, 2, 3, 7, 8, 9, 1000).mapToObj(BackOff::after).map(Duration::toSeconds))
                .containsExactly(5L, 10L, 20L, 320L, 600L, 600L, 600L);
    }
}
