package io.signalbox.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Assignment;
import io.signalbox.controlplane.load.ExperimentHistory.Arm;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatencyBounds;
import io.signalbox.controlplane.load.VariantHour;
import io.signalbox.testkit.PostgresExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ExperimentCountStoreTest {
    private static final Instant RUN = Instant.parse("2026-01-01T11:30:00.123Z");
    private static final Instant LATER_RUN = Instant.parse("2026-01-01T12:30:00Z");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ExperimentCountStore one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ExperimentCountStore other;

    @BeforeEach
    void start() {
        database = new Database(Replica.address(postgres.database()));
        one = new ExperimentCountStore(database, UUID.randomUUID());
        other = new ExperimentCountStore(database, UUID.randomUUID());
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static VariantHour hour(String experiment, Instant run, String variant, Assignment assignment, int hour) {
        return new VariantHour(experiment, run, variant, assignment, NOON.plusSeconds(3600L * hour));
    }

    private static Exposures exposures(long requests, long errors, long fast) {
        List<Long> bars = new ArrayList<>(Collections.nCopies(LatencyBounds.MILLIS.size() + 1, 0L));
        bars.set(1, fast);
        return new Exposures(requests, errors, new Latencies(bars));
    }

    @Test
    void addsUpReplicasAndHoursOfOneRun() {
        one.write(Map.of(
                hour("e", RUN, "a", Assignment.NEW, 0), exposures(10, 1, 9),
                hour("e", RUN, "a", Assignment.NEW, 1), exposures(5, 0, 5),
                hour("e", RUN, "a", Assignment.FORCED, 0), exposures(2, 2, 0),
                hour("e", LATER_RUN, "a", Assignment.NEW, 0), exposures(100, 0, 0),
                hour("f", RUN, "a", Assignment.NEW, 0), exposures(1000, 0, 0)));
        other.write(Map.of(hour("e", RUN, "a", Assignment.NEW, 0), exposures(3, 0, 3)));

        assertThat(one.counts("e", RUN, Instant.EPOCH))
                .isEqualTo(Map.of(
                        new Arm("a", Assignment.NEW), exposures(18, 1, 17),
                        new Arm("a", Assignment.FORCED), exposures(2, 2, 0)));
        assertThat(one.counts("e", RUN, NOON.plusSeconds(3600)))
                .isEqualTo(Map.of(new Arm("a", Assignment.NEW), exposures(5, 0, 5)));
        assertThat(one.counts("none", RUN, Instant.EPOCH)).isEmpty();
        assertThat(one.visitors(Map.of("e", RUN, "f", LATER_RUN, "none", RUN)))
                .isEqualTo(Map.of("e", Map.of("a", 18L)));
    }

    @Test
    void writingOnceMoreDoesNotCountTwiceAndLateRepetitionsTakeNothingBack() {
        VariantHour key = hour("e", RUN, "a", Assignment.KNOWN, 0);
        one.write(Map.of(key, exposures(10, 1, 9)));
        one.write(Map.of(key, exposures(10, 1, 9)));
        one.write(Map.of(key, exposures(12, 2, 10)));
        one.write(Map.of(key, exposures(10, 1, 9)));

        assertThat(one.counts("e", RUN, Instant.EPOCH))
                .isEqualTo(Map.of(new Arm("a", Assignment.KNOWN), exposures(12, 2, 10)));
    }

    @Test
    void removesWhatIsTooOld() {
        one.write(Map.of(
                hour("e", RUN, "a", Assignment.NEW, 0), exposures(1, 0, 0),
                hour("e", RUN, "a", Assignment.NEW, 1), exposures(2, 0, 0)));
        one.removeBefore(NOON.plusSeconds(1));

        assertThat(one.counts("e", RUN, Instant.EPOCH))
                .isEqualTo(Map.of(new Arm("a", Assignment.NEW), exposures(2, 0, 0)));
    }
}
