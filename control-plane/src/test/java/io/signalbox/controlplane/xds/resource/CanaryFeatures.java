package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryPace;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.CanarySpec.State;
import java.util.List;
import java.util.Optional;

/** Canaries under way. */
final class CanaryFeatures {
    private CanaryFeatures() {}

    static CanarySpec underWay(int share, Assignment assignment) {
        return new CanarySpec(
                "v1",
                "v2",
                List.of(),
                Optional.of(share),
                assignment,
                Cookie.USUAL,
                new CanaryPace(
                        CanaryPace.Mode.MANUAL, CanaryPace.USUAL_STEPS, CanaryPace.USUAL_BAKE, CanaryPace.USUAL_GRACE),
                CanaryAnalysis.USUAL,
                new State(Phase.PROGRESSING, 0, Optional.empty(), List.of(), ""));
    }

    static ConfigDraft byUser() {
        return routes().canary("next", underWay(25, new Assignment.ByUser()));
    }

    static ConfigDraft byOthers() {
        CanarySpec header = underWay(25, new Assignment.ByHeader("x-cohort", List.of("beta", "a.b")));
        CanarySpec request = underWay(10, new Assignment.ByRequest());
        return routes().canary("header", forRoute("one", header)).canary("request", forRoute("split", request));
    }

    private static CanarySpec forRoute(String route, CanarySpec canary) {
        return new CanarySpec(
                canary.stable(),
                canary.canary(),
                List.of(route),
                canary.weight(),
                canary.assignment(),
                canary.cookie(),
                canary.pace(),
                canary.analysis(),
                canary.state());
    }

    private static ConfigDraft routes() {
        return new ConfigDraft()
                .http("edge", 0)
                .pool("v1", 1)
                .pool("v2", 2)
                .pool("other", 3)
                .route(RouteDraft.named("one").prefix("/one").forward(new WeightedPool("v1", 1)))
                .route(RouteDraft.named("split")
                        .prefix("/split")
                        .forward(new WeightedPool("v1", 3), new WeightedPool("other", 5)));
    }
}
