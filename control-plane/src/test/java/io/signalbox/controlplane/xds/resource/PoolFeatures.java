package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.HashPolicy;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.HealthCheck;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.Locality;
import io.signalbox.controlplane.model.LocalityWeight;
import io.signalbox.controlplane.model.OutlierDetection;
import io.signalbox.controlplane.model.PoolHealth;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.SlowStart;
import io.signalbox.controlplane.model.Subsets;
import io.signalbox.controlplane.model.Subsets.Fallback;
import io.signalbox.controlplane.model.Transport;
import io.signalbox.controlplane.model.Transport.Protocol;
import io.signalbox.controlplane.model.UpstreamTls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What pools can say. */
final class PoolFeatures {
    private static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("10.0.0.1", 80, 1));

    private PoolFeatures() {}

    static ConfigDraft settings() {
        Optional<SlowStart> slowStart = Optional.of(new SlowStart(Duration.ofSeconds(30), 1.5, 20));
        PoolLimits limits = new PoolLimits(
                Optional.of(1),
                Optional.of(2),
                Optional.of(3),
                Optional.of(0),
                Optional.of(new PoolLimits.RetryBudget(12.5, 4)),
                Optional.of(5));
        return draft(
                new PoolSpec(new LoadBalancing.RoundRobin(slowStart), ENDPOINTS),
                new PoolSpec(new LoadBalancing.LeastRequest(Optional.of(5), slowStart), ENDPOINTS),
                new PoolSpec(
                        new LoadBalancing.Random(),
                        new Transport(Optional.of(Duration.ofMillis(1_500)), Protocol.HTTP1, Optional.empty()),
                        limits,
                        PoolHealth.UNWATCHED,
                        ENDPOINTS),
                new PoolSpec(new LoadBalancing.RingHash(Optional.of(16), Optional.of(1_000)), ENDPOINTS),
                new PoolSpec(new LoadBalancing.Maglev(Optional.of(251)), ENDPOINTS));
    }

    static ConfigDraft endpoints() {
        return draft(
                new PoolSpec(
                        new LoadBalancing.RoundRobin(),
                        List.of(
                                new Endpoint("10.0.0.1", 80, 1, 1, false),
                                new Endpoint("10.0.0.2", 80, 1, 0, true),
                                new Endpoint("10.0.0.3", 80, 1, 0, false))),
                new PoolSpec(
                        new LoadBalancing.RoundRobin(),
                        List.of(new Endpoint("localhost", 80, 1), new Endpoint("10.0.0.2", 80, 1))));
    }

    /** Priorities of which everyone is drained: the one between others, and the first. */
    static ConfigDraft drainedPriorities() {
        Locality near = new Locality("eu", "eu-1", "");
        return draft(
                new PoolSpec(
                        new LoadBalancing.Maglev(Optional.empty()),
                        List.of(
                                new Endpoint("10.0.0.1", 80, 1, 0, false),
                                new Endpoint("10.0.0.2", 80, 1, 1, false),
                                new Endpoint("10.0.0.3", 80, 1, 2, true),
                                new Endpoint("10.0.0.4", 80, 1, 3, false))),
                new PoolSpec(
                        new LoadBalancing.RoundRobin(),
                        Transport.USUAL,
                        PoolLimits.USUAL,
                        PoolHealth.UNWATCHED,
                        Optional.empty(),
                        List.of(
                                new Endpoint("10.0.0.1", 80, 1, 0, true, near, Labels.NONE),
                                new Endpoint("10.0.0.2", 80, 1, 1, false, near, Labels.NONE),
                                new Endpoint("10.0.0.3", 80, 1, 1, false),
                                new Endpoint("10.0.0.4", 80, 1, 2, false, near, Labels.NONE)),
                        List.of(new LocalityWeight(near, 7), new LocalityWeight(Locality.NONE, 3))));
    }

    static ConfigDraft localities() {
        Locality near = new Locality("eu", "eu-1", "");
        Locality far = new Locality("us", "", "");
        return draft(new PoolSpec(
                new LoadBalancing.RoundRobin(),
                Transport.USUAL,
                PoolLimits.USUAL,
                PoolHealth.UNWATCHED,
                Optional.empty(),
                List.of(
                        new Endpoint("10.0.0.1", 80, 1, 0, false, far, Labels.NONE),
                        new Endpoint("10.0.0.2", 80, 1, 0, false, near, Labels.NONE),
                        new Endpoint("10.0.0.3", 80, 2, 1, false, near, Labels.NONE),
                        new Endpoint("10.0.0.4", 80, 1, 0, false, far, Labels.NONE)),
                List.of(new LocalityWeight(near, 7), new LocalityWeight(far, 3))));
    }

    static ConfigDraft subsets() {
        Labels v1 = Labels.of(Map.of("version", "v1"));
        Labels v2 = Labels.of(Map.of("version", "v2", "stage", "test"));
        List<Endpoint> endpoints = List.of(
                new Endpoint("10.0.0.1", 80, 1, 0, false, Locality.NONE, v1),
                new Endpoint("10.0.0.2", 80, 1, 0, false, Locality.NONE, v2));
        List<SortedSet<String>> by =
                List.of(new TreeSet<>(Set.of("version")), new TreeSet<>(Set.of("version", "stage")));
        ConfigDraft draft = new ConfigDraft().http("edge", 0);
        List<Fallback> fallbacks = List.of(new Fallback.None(), new Fallback.Any(), new Fallback.Subset(v1));
        for (int i = 0; i < fallbacks.size(); i++) {
            Subsets subsets = new Subsets(by, fallbacks.get(i));
            draft.pool(
                    "p" + i,
                    new PoolSpec(
                            new LoadBalancing.RoundRobin(),
                            Transport.USUAL,
                            PoolLimits.USUAL,
                            PoolHealth.UNWATCHED,
                            Optional.of(subsets),
                            endpoints,
                            List.of()));
        }
        return draft.route(RouteDraft.named("one").exact("/1").forward(new WeightedPool("p0", 1, HeaderEdits.NONE, v1)))
                .route(RouteDraft.named("split")
                        .exact("/2")
                        .forward(
                                new WeightedPool("p1", 9, HeaderEdits.NONE, v1),
                                new WeightedPool("p1", 1, HeaderEdits.NONE, v2),
                                new WeightedPool("p2", 0)));
    }

    static ConfigDraft hash() {
        List<HashPolicy> hash = List.of(
                new HashPolicy(new HashPolicy.Header("x-user"), true),
                new HashPolicy(
                        new HashPolicy.Cookie("sid", Optional.of(Duration.ofHours(1)), Optional.of("/cart")), false),
                new HashPolicy(new HashPolicy.Cookie("plain", Optional.empty(), Optional.empty()), false),
                new HashPolicy(new HashPolicy.Query("user"), false),
                new HashPolicy(new HashPolicy.SourceIp(), false));
        return new ConfigDraft()
                .http("edge", 0)
                .pool("ring", new PoolSpec(new LoadBalancing.RingHash(Optional.empty(), Optional.empty()), ENDPOINTS))
                .route(RouteDraft.named("r")
                        .exact("/")
                        .action(new Action.Forward(List.of(new WeightedPool("ring", 1)), hash)));
    }

    static ConfigDraft tls() {
        return draft(
                        tls(
                                new UpstreamTls(
                                        Optional.of("a.test"),
                                        Optional.of("an authority"),
                                        List.of(),
                                        Optional.of("edge")),
                                Protocol.AUTO),
                        tls(
                                new UpstreamTls(Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
                                Protocol.HTTP2))
                .certificate("edge", "a chain", "a key");
    }

    private static PoolSpec tls(UpstreamTls tls, Protocol protocol) {
        return new PoolSpec(
                new LoadBalancing.RoundRobin(),
                new Transport(Optional.empty(), protocol, Optional.of(tls)),
                PoolLimits.USUAL,
                PoolHealth.UNWATCHED,
                ENDPOINTS);
    }

    static ConfigDraft health() {
        return draft(
                health(new HealthCheck.Http("/healthz", Optional.of("a.test"), List.of(200, 204)), Protocol.HTTP1),
                health(new HealthCheck.Tcp(), Protocol.HTTP1),
                health(new HealthCheck.Grpc(Optional.of("shop")), Protocol.HTTP2),
                health(new HealthCheck.Http("/", Optional.empty(), List.of()), Protocol.HTTP2),
                overTls(new HealthCheck.Grpc(Optional.empty())),
                overTls(new HealthCheck.Http("/", Optional.empty(), List.of())));
    }

    /** Where each server chooses its protocol. */
    private static PoolSpec overTls(HealthCheck.Probe probe) {
        HealthCheck check = new HealthCheck(probe, Duration.ofSeconds(5), Duration.ofSeconds(1), 2, 3);
        UpstreamTls insecure = new UpstreamTls(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return new PoolSpec(
                new LoadBalancing.RoundRobin(),
                new Transport(Optional.empty(), Protocol.AUTO, Optional.of(insecure)),
                PoolLimits.USUAL,
                new PoolHealth(Optional.of(check), Optional.empty(), Optional.empty()),
                ENDPOINTS);
    }

    private static PoolSpec health(HealthCheck.Probe probe, Protocol protocol) {
        HealthCheck check = new HealthCheck(probe, Duration.ofSeconds(5), Duration.ofSeconds(1), 2, 3);
        OutlierDetection outliers = new OutlierDetection(
                Optional.of(7),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(3)),
                Optional.of(Duration.ofSeconds(20)),
                Optional.of(50));
        return new PoolSpec(
                new LoadBalancing.RoundRobin(),
                new Transport(Optional.empty(), protocol, Optional.empty()),
                PoolLimits.USUAL,
                new PoolHealth(Optional.of(check), Optional.of(outliers), Optional.of(30)),
                ENDPOINTS);
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
