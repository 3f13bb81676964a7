package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTimesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeClock clock = new FakeClock(START);
    private final List<String> asked = new ArrayList<>();
    private final LatencyWatch recent = new RecentTimes(this::ask, clock);

    private Times ask(String stable, String canary, Instant since) {
        asked.add(canary);
        return new Times(List.of(), true, List.of(), List.of(canary + asked.size()));
    }

    @Test
    void whatWasAskedBeforeIsNotAskedAgainSoSoon() {
        assertThat(recent.observe("v1", "v2", START).untold()).containsExactly("v21");
        clock.advance(RecentTimes.KEPT.minusMillis(1));
        assertThat(recent.observe("v1", "v2", START).untold()).containsExactly("v21");
        clock.advance(Duration.ofMillis(1));
        assertThat(recent.observe("v1", "v2", START).untold()).containsExactly("v22");
    }

    @Test
    void anotherStepIsAnotherQuestion() {
        recent.observe("v1", "v2", START);
        recent.observe("v1", "v3", START);
        recent.observe("v1", "v2", START.plusMillis(1));
        assertThat(asked).containsExactly("v2", "v3", "v2");
    }
}
