package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.load.LatencyBounds;
import io.signalbox.envoy.LatencyBuckets;
import org.junit.jupiter.api.Test;

/** What bootstraps ask proxies for is what the control plane keeps and lets canaries be judged by. */
class LatencyBoundsTest {
    @Test
    void areThoseOfTheBootstrap() {
        assertThat(LatencyBounds.MILLIS).isEqualTo(LatencyBuckets.MILLIS);
    }
}
