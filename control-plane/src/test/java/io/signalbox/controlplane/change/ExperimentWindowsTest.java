package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static io.signalbox.controlplane.change.Changes.route;
import static io.signalbox.controlplane.change.Changes.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Phase;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Experiments that begin and end at their time: two replicas, clocks that tests move. */
final class ExperimentWindowsTest {
    private static final ResourceKey KEY = new ResourceKey(Kind.EXPERIMENT, "e");
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica other;

    @BeforeEach
    void start() {
        one = Replica.of(postgres.database());
        other = Replica.of(postgres.database());
        one.applied(put(pool("a"), IS_NEW, port(1)), put(route("r"), IS_NEW, to("/", "a")));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private void store(String name, Optional<Duration> start, Optional<Duration> end) {
        Instant now = one.clock.instant();
        Window window = new Window(start.map(now::plus), end.map(now::plus));
        List<Variant> variants = List.of(
                new Variant("control", 1, Optional.empty(), HeaderEdits.NONE),
                new Variant("b", 1, Optional.of("a"), HeaderEdits.NONE));
        one.applied(put(
                new ResourceKey(Kind.EXPERIMENT, name),
                IS_NEW,
                new ExperimentSpec(
                        List.of("r"),
                        List.of(),
                        Optional.of("layer"),
                        600_000,
                        variants,
                        Optional.empty(),
                        Slice.MILLION,
                        window,
                        State.NEW)));
    }

    private void advance(Duration duration) {
        one.clock.advance(duration);
        other.clock.advance(duration);
    }

    private ExperimentSpec experiment(String name) {
        return Objects.requireNonNull(one.head.refresh().experiments().get(name))
                .spec();
    }

    private Phase phase(String name) {
        return experiment(name).state().phase();
    }

    private Revision newest() {
        return one.history.list(OptionalLong.empty(), 1).get(0);
    }

    @Test
    void itBeginsAndEndsAtItsTime() {
        store("e", Optional.of(HOUR), Optional.of(HOUR.multipliedBy(2)));
        long n = newest().n();
        advance(HOUR.minusMillis(1));
        other.deadlines.meet();
        assertThat(phase("e")).isEqualTo(Phase.INITIALIZED);

        advance(Duration.ofMillis(1));
        other.head.refresh();
        other.deadlines.meet();
        one.deadlines.meet();
        other.deadlines.meet();
        assertThat(phase("e")).isEqualTo(Phase.RUNNING);
        assertThat(newest().n()).as("once").isEqualTo(n + 1);
        assertThat(newest().author()).isEqualTo("signalbox");
        assertThat(newest().reason()).contains("Start experiment e: its time has come");
        assertThat(experiment("e").state().slices()).hasSize(2);

        advance(HOUR);
        one.deadlines.meet();
        other.head.refresh();
        other.deadlines.meet();
        assertThat(phase("e")).isEqualTo(Phase.STOPPED);
        assertThat(newest().n()).as("once").isEqualTo(n + 2);
        assertThat(newest().reason()).contains("Stop experiment e: its time is over");
    }

    @Test
    void oneThatWasStoppedByHandStaysSo() {
        store("e", Optional.of(HOUR), Optional.empty());
        advance(HOUR);
        one.deadlines.meet();
        one.applied(put(KEY, Changes.EXISTS, experiment("e").stopped(Optional.empty())));
        long n = newest().n();
        one.deadlines.meet();
        assertThat(newest().n()).isEqualTo(n);
    }

    @Test
    void oneForWhichThereIsNoRoomBeginsWhenThereIs() {
        store("e", Optional.of(HOUR), Optional.of(HOUR.multipliedBy(2)));
        store("full", Optional.of(HOUR), Optional.empty());
        advance(HOUR);
        one.deadlines.meet();
        one.deadlines.meet();
        assertThat(phase("e")).isEqualTo(Phase.RUNNING);
        assertThat(phase("full")).isEqualTo(Phase.INITIALIZED);

        advance(HOUR);
        one.deadlines.meet();
        one.deadlines.meet();
        assertThat(phase("e")).isEqualTo(Phase.STOPPED);
        assertThat(phase("full")).isEqualTo(Phase.RUNNING);
    }
}
