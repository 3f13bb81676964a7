package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.SlowStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What pools can say. */
final class PoolFeatures {
    private static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("10.0.0.1", 80, 1));

    private PoolFeatures() {}

    static ConfigDraft settings() {
        Optional<SlowStart> slowStart = Optional.of(new SlowStart(Duration.ofSeconds(30), 1.5, 20));
        PoolLimits limits =
                new PoolLimits(Optional.of(1), Optional.of(2), Optional.of(3), Optional.of(0), Optional.of(5));
        return draft(
                new PoolSpec(new LoadBalancing.RoundRobin(slowStart), ENDPOINTS),
                new PoolSpec(new LoadBalancing.LeastRequest(Optional.of(5), slowStart), ENDPOINTS),
                new PoolSpec(new LoadBalancing.Random(), Optional.of(Duration.ofMillis(1_500)), limits, ENDPOINTS));
    }

    private static ConfigDraft draft(PoolSpec... pools) {
        ConfigDraft draft = new ConfigDraft().http("edge", 0);
        for (int i = 0; i < pools.length; i++) {
            draft.pool("p" + i, pools[i])
                    .route(RouteDraft.named("r" + i).exact("/" + i).forward("p" + i));
        }
        return draft;
    }
}
