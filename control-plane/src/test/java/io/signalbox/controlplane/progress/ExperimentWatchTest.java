package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Changes;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Assignment;
import io.signalbox.controlplane.load.ExperimentHistory;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas that watch the same experiments. */
final class ExperimentWatchTest {
    private static final ResourceKey KEY = new ResourceKey(Kind.EXPERIMENT, "e");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final Counted counted = new Counted();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica other;

    /** What was counted of the run that is asked for. */
    private static final class Counted implements ExperimentHistory {
        final Map<Arm, Exposures> counts = new HashMap<>();
        Instant run = Instant.EPOCH;

        void add(String variant, Assignment assignment, long requests, long errors) {
            counts.merge(
                    new Arm(variant, assignment), new Exposures(requests, errors, Latencies.NONE), Exposures::plus);
        }

        @Override
        public Map<Arm, Exposures> counts(String experiment, Instant asked, Instant since) {
            return asked.equals(run) ? counts : Map.of();
        }

        @Override
        public Map<String, Map<String, Long>> visitors(Map<String, Instant> runs) {
            Map<String, Long> visitors = new HashMap<>();
            counts.forEach((arm, exposures) -> {
                if (arm.assignment() == Assignment.NEW) {
                    visitors.put(arm.variant(), exposures.requests());
                }
            });
            return run.equals(runs.get("e")) ? Map.of("e", visitors) : Map.of();
        }
    }

    @BeforeEach
    void start() {
        one = Replica.of(postgres.database());
        other = Replica.of(postgres.database());
        one.applied(
                Changes.put(Changes.pool("a"), Changes.IS_NEW, Changes.port(1)),
                Changes.put(Changes.route("r"), Changes.IS_NEW, Changes.to("/", "a")),
                Changes.put(KEY, Changes.IS_NEW, spec(State.NEW)));
        begin();
    }

    private static ExperimentSpec spec(State state) {
        return new ExperimentSpec(
                List.of("r"),
                List.of(),
                Optional.empty(),
                Slice.MILLION,
                List.of(
                        new Variant("control", 1, Optional.empty(), HeaderEdits.NONE),
                        new Variant("b", 3, Optional.empty(), HeaderEdits.NONE)),
                Optional.empty(),
                Slice.MILLION,
                Window.OPEN,
                state);
    }

    private void begin() {
        one.applied(Changes.put(KEY, Changes.EXISTS, now().started(one.clock.instant())));
        other.head.refresh();
        counted.run = run().start();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private ExperimentWatch watch(Replica replica) {
        return new ExperimentWatch(replica.head, replica.changes, counted, replica.clock);
    }

    private ExperimentSpec now() {
        return Objects.requireNonNull(one.head.refresh().experiments().get("e")).spec();
    }

    private Run run() {
        return now().state().run().orElseThrow();
    }

    private long revision() {
        return one.head.refresh().revision();
    }

    @Test
    void aMismatchIsWrittenDownOnceAndStopsNothing() {
        counted.add("control", Assignment.NEW, 500, 0);
        counted.add("b", Assignment.NEW, 700, 0);
        long before = revision();

        watch(one).look();
        watch(other).look(); // of what it knew before
        watch(other).look();
        watch(one).look();

        assertThat(revision()).isEqualTo(before + 1);
        assertThat(run().mismatch()).contains(one.clock.instant());
        assertThat(now().isRunning()).isTrue();
        assertThat(one.history.list(OptionalLong.empty(), 1).get(0).reason())
                .contains(
                        "Experiment e: its visitors do not come to the variants as configured: control 500 of 1200 visitors,"
                                + " 41.67 % (expected: 25.00 %), b 700 of 1200 visitors, 58.33 % (expected: 75.00 %)");
    }

    @Test
    void onlyNewVisitorsAreLookedAt() {
        counted.add("control", Assignment.NEW, 250, 0);
        counted.add("b", Assignment.NEW, 750, 0);
        counted.add("control", Assignment.KNOWN, 90_000, 0);
        counted.add("control", Assignment.FORCED, 90_000, 0);
        long before = revision();

        watch(one).look();

        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void aNewRunIsCountedAnewAndFoundOutAnew() {
        counted.add("control", Assignment.NEW, 500, 0);
        counted.add("b", Assignment.NEW, 700, 0);
        watch(one).look();
        one.applied(Changes.put(KEY, Changes.EXISTS, now().stopped(Optional.empty())));
        watch(one).look();
        assertThat(run().mismatch()).isPresent();

        one.clock.advance(Duration.ofHours(1));
        one.applied(Changes.put(KEY, Changes.EXISTS, now().started(one.clock.instant())));
        watch(one).look();

        assertThat(run().mismatch()).isEmpty();
        assertThat(watch(one).report("e", now(), Instant.EPOCH).ratio().visitors())
                .containsExactly(0L, 0L);
        counted.run = run().start();
        watch(one).look();
        assertThat(run().mismatch()).contains(one.clock.instant());
    }

    @Test
    void theReportHasVisitorsOnceAndThoseWhoAreForcedApart() {
        counted.add("control", Assignment.NEW, 10, 1);
        counted.add("control", Assignment.KNOWN, 20, 2);
        counted.add("b", Assignment.FORCED, 5, 5);

        ExperimentReport report = watch(one).report("e", now(), Instant.EPOCH);

        assertThat(report.variants())
                .containsExactly(
                        new ExperimentReport.OfVariant(
                                "control", 10, new Exposures(30, 3, Latencies.NONE), Exposures.NONE),
                        new ExperimentReport.OfVariant("b", 0, Exposures.NONE, new Exposures(5, 5, Latencies.NONE)));
        assertThat(report.ratio().shares()).containsExactly(1L, 3L);
        assertThat(report.ratio().visitors()).containsExactly(10L, 0L);
    }

    @Test
    void ofOneThatNeverRanThereIsNothing() {
        ExperimentReport report = watch(one).report("e", spec(State.NEW), Instant.EPOCH);

        assertThat(report.ratio().visitors()).containsExactly(0L, 0L);
    }
}
