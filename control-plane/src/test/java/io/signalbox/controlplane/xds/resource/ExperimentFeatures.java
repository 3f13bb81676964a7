package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Experiments that are running. */
final class ExperimentFeatures {
    private ExperimentFeatures() {}

    /** Two of one layer on a route, one of which counts a part of its visitors, the other is also for a route with two pools. */
    static ConfigDraft running() {
        ExperimentSpec first = experiment(List.of("one"), 200_000, Optional.of("experiment"), 100_000);
        ExperimentSpec second = experiment(List.of("one", "split"), 500_000, Optional.empty(), Slice.MILLION);
        ExperimentSpec started = Allotment.of(first.started(Instant.EPOCH), List.of());
        return new ConfigDraft()
                .http("edge", 0)
                .pool("v1", 1)
                .pool("v2", 2)
                .pool("other", 3)
                .route(RouteDraft.named("one").prefix("/one").forward(new WeightedPool("v1", 1)))
                .route(RouteDraft.named("split")
                        .prefix("/split")
                        .forward(new WeightedPool("v1", 3), new WeightedPool("other", 5)))
                .experiment("first", started)
                .experiment(
                        "second",
                        Allotment.of(
                                second.started(Instant.EPOCH), started.state().slices()));
    }

    private static ExperimentSpec experiment(
            List<String> routes, int population, Optional<String> cookie, int counted) {
        return new ExperimentSpec(
                routes,
                List.of(),
                Optional.of("shop"),
                population,
                List.of(
                        new Variant("control", 1, Optional.empty(), HeaderEdits.NONE),
                        new Variant("new", 1, Optional.of("v2"), HeaderEdits.NONE)),
                cookie,
                counted,
                Window.OPEN,
                State.NEW);
    }
}
