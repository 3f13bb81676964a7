package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryPace;
import io.signalbox.controlplane.model.CanaryPace.Mode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;
import io.signalbox.controlplane.model.CanarySpec.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Canaries from pool {@code v1} to {@code v2} in steps of 10, 50 and 100 percent. */
final class CanaryDrafts {
    static final Duration BAKE = Duration.ofMinutes(1);
    static final Duration GRACE = Duration.ofMinutes(5);

    private CanaryDrafts() {}

    static CanarySpec automatic() {
        return of(Mode.AUTOMATIC);
    }

    static CanarySpec of(Mode mode) {
        return of(mode, CanaryAnalysis.USUAL);
    }

    static CanarySpec with(CanaryAnalysis analysis) {
        return of(Mode.AUTOMATIC, analysis);
    }

    private static CanarySpec of(Mode mode, CanaryAnalysis analysis) {
        return new CanarySpec(
                "v1",
                "v2",
                List.of(),
                Optional.empty(),
                new Assignment.ByUser(),
                Cookie.USUAL,
                new CanaryPace(mode, List.of(10, 50, 100), BAKE, GRACE),
                analysis,
                State.NEW);
    }
}
