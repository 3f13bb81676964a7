package io.signalbox.controlplane.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ExperimentAlertTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Revision REVISION = new Revision(17, "signalbox", Optional.of("why"), NOON);

    private static final ExperimentSpec NEW = new ExperimentSpec(
            List.of("r"),
            List.of(),
            Optional.empty(),
            Slice.MILLION,
            List.of(
                    new Variant("control", 1, Optional.empty(), HeaderEdits.NONE),
                    new Variant("b", 1, Optional.empty(), HeaderEdits.NONE)),
            Optional.empty(),
            Slice.MILLION,
            Window.OPEN,
            State.NEW);

    private static final ExperimentSpec RUNNING = NEW.started(NOON);

    private static RevisionChanges.State state(ExperimentSpec spec) {
        return new RevisionChanges.State(new TreeMap<>(), spec);
    }

    private static List<Alert> alerts(Optional<ExperimentSpec> before, Optional<ExperimentSpec> after) {
        ResourceChange change = new ResourceChange(
                new ResourceKey(Kind.EXPERIMENT, "e"),
                before.map(ExperimentAlertTest::state),
                after.map(ExperimentAlertTest::state));
        return Alert.of(new RevisionChanges(REVISION, List.of(change)));
    }

    private static List<String> words(ExperimentSpec before, ExperimentSpec after) {
        return alerts(Optional.of(before), Optional.of(after)).stream()
                .map(Alert::word)
                .toList();
    }

    @Test
    void tellsOfStartsStopsAndMismatches() {
        ExperimentSpec mismatched = RUNNING.mismatched(NOON);
        assertThat(words(NEW, RUNNING)).containsExactly("started");
        assertThat(words(RUNNING, RUNNING.stopped(Optional.empty()))).containsExactly("stopped");
        assertThat(words(RUNNING, mismatched)).containsExactly("sample-ratio-mismatch");
        assertThat(words(mismatched, mismatched)).isEmpty();
        assertThat(words(mismatched, mismatched.stopped(Optional.empty()))).containsExactly("stopped");
        assertThat(words(mismatched.stopped(Optional.empty()), RUNNING)).containsExactly("started");
        assertThat(words(NEW, NEW)).isEmpty();
    }

    @Test
    void creationIsNoneAndDeletionIsOneWhileItRuns() {
        assertThat(alerts(Optional.empty(), Optional.of(NEW))).isEmpty();
        assertThat(alerts(Optional.of(NEW), Optional.empty())).isEmpty();
        assertThat(alerts(Optional.of(RUNNING), Optional.empty()))
                .extracting(Alert::word)
                .containsExactly("deleted");
    }

    @Test
    void theBodySaysWhatAndWhy() {
        Alert alert = alerts(Optional.of(RUNNING), Optional.of(RUNNING.mismatched(NOON)))
                .get(0);

        assertThat(alert.body())
                .isEqualTo("{\"type\":\"experiment.sample-ratio-mismatch\",\"timestamp\":\"2026-01-01T12:00:00Z\","
                        + "\"data\":{\"name\":\"e\",\"transition\":\"sample-ratio-mismatch\",\"phase\":\"running\","
                        + "\"startedAt\":\"2026-01-01T12:00:00Z\",\"reason\":\"why\",\"revision\":17,"
                        + "\"author\":\"signalbox\",\"time\":\"2026-01-01T12:00:00Z\"}}");
    }
}
