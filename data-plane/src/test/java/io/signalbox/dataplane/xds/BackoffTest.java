package io.signalbox.dataplane.xds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesItsCeilingUpToThirtySeconds() {
        // One less than each ceiling, so that every draw is the largest possible.
        List<Long> ceilings = List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
        var draws = ceilings.stream().map(c -> c - 1).iterator();
        Backoff backoff = new Backoff(draws::next);

        assertThat(Stream.generate(() -> backoff.next().toMillis()).limit(8).toList())
                .containsExactly(499L, 999L, 1_999L, 3_999L, 7_999L, 15_999L, 29_999L, 29_999L);
    }

    @Test
    void startsOverAfterSuccess() {
        Backoff backoff = new Backoff(() -> 999);
        var first = backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(backoff.next()).isEqualTo(first);
    }
}
