package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.load.Bucket;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.LoadHistory;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.progress.LoadView.Observation;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportedLoadTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Bucket> buckets = new ArrayList<>();
    private final List<Reporter> reporters = new ArrayList<>();

    private void bucket(int second, Map<String, Counts> pools) {
        buckets.add(new Bucket(START.plusSeconds(second), Duration.ofSeconds(1), new TreeMap<>(pools)));
    }

    /** @param millis after the start */
    private Observation seen(long millis) {
        LoadHistory history = new LoadHistory() {
            @Override
            public List<Bucket> buckets(Set<String> pools, Instant since) {
                return buckets.stream()
                        .filter(bucket -> !bucket.start().isBefore(since))
                        .toList();
            }

            @Override
            public List<Reporter> reporters() {
                return reporters;
            }
        };
        return new ReportedLoad(history, () -> START.plusMillis(millis)).observe("v1", "v2", START);
    }

    @Test
    void bucketsAreTakenOnceTheyAreOver() {
        bucket(0, Map.of("v1", new Counts(30, 1), "v2", new Counts(10, 2)));
        bucket(2, Map.of("v1", new Counts(31, 0)));
        Interval first = new Interval(new Outcomes(10, 2), new Outcomes(30, 1));
        Interval second = new Interval(Outcomes.NONE, new Outcomes(31, 0));
        assertThat(seen(1999).intervals()).isEmpty();
        assertThat(seen(2000).intervals()).containsExactly(first);
        assertThat(seen(4000).intervals()).containsExactly(first, second);
    }

    @Test
    void aProxyIsSilentFromTheSixthSecondOn() {
        reporters.add(new Reporter("edge-1", START.plusSeconds(20)));
        reporters.add(new Reporter("edge-2", START.plusSeconds(12)));
        assertThat(seen(17_000).silent()).isEmpty();
        assertThat(seen(18_000).silent()).containsExactly(new Silent("edge-2", START.plusSeconds(12)));
    }

    @Test
    void aProxyThatIsSilentForMinutesIsGone() {
        reporters.add(new Reporter("edge-1", START.plusSeconds(20)));
        assertThat(seen(319_000).silent()).hasSize(1);
        assertThat(seen(320_000).silent()).isEmpty();
    }

    @Test
    void aProxyThatWasSilentBeforeTheStepIsGone() {
        reporters.add(new Reporter("edge-1", START.minusSeconds(6)));
        assertThat(seen(60_000).silent()).isEmpty();
    }
}
