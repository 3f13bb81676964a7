package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Authorization;
import io.signalbox.controlplane.model.BodyLimit;
import io.signalbox.controlplane.model.Compression;
import io.signalbox.controlplane.model.Compression.Algorithm;
import io.signalbox.controlplane.model.Compression.Encoding;
import io.signalbox.controlplane.model.Cors;
import io.signalbox.controlplane.model.Delivery;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.HttpsRedirect;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Policy;
import io.signalbox.controlplane.model.RateLimit;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done to requests and answers beside routing. */
final class PolicyFeatures {
    private static final RateLimit LIMIT =
            new RateLimit(10, Duration.ofSeconds(1), Optional.of(20), RateLimit.DEFAULT_STATUS, true);

    private PolicyFeatures() {}

    static ConfigDraft policies() {
        Cors cors = new Cors(
                List.of(new ValueMatch.Exact("*"), new ValueMatch.Regex("https://p[0-9]+[.]test")),
                List.of("GET", "PUT"),
                List.of("x-a", "x-b"),
                List.of("x-c"),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of(true));
        Policies on = new Policies(
                Optional.of(new Policy.On<>(cors)),
                Optional.of(new Policy.On<>(LIMIT)),
                Optional.of(new Policy.On<>(new BodyLimit(100_000))),
                Optional.empty(),
                Optional.of(true));
        Policies off = new Policies(
                Optional.of(new Policy.Off<>()),
                Optional.of(new Policy.Off<>()),
                Optional.of(new Policy.Off<>()),
                Optional.empty(),
                Optional.of(false));
        return new ConfigDraft()
                .listener("edge", listener())
                .virtualHost(
                        "test", new VirtualHostSpec(List.of("test"), List.of(), HeaderEdits.NONE, on, Optional.empty()))
                .route(RouteDraft.named("off").policies(off))
                .route(RouteDraft.named("on").prefix("/on").policies(on));
    }

    private static ListenerSpec listener() {
        ListenerEdge edge = new ListenerEdge(
                Optional.empty(),
                Optional.empty(),
                Http2.DEFAULT,
                Optional.of(LIMIT),
                Optional.of(new BodyLimit(1_000_000)),
                Optional.empty(),
                Optional.of(new Compression(
                        100,
                        List.of("text/html"),
                        List.of(
                                new Encoding(Algorithm.BROTLI, Optional.of(5)),
                                new Encoding(Algorithm.ZSTD, Optional.empty()),
                                new Encoding(Algorithm.GZIP, Optional.of(9))))));
        return new ListenerSpec("127.0.0.1", 0, new ListenerSpec.Http(), edge, HeaderEdits.NONE, Optional.empty());
    }

    static ConfigDraft authorization() {
        Authorization whole = new Authorization(
                "authorizer",
                Optional.of("/check"),
                Duration.ofMillis(500),
                true,
                503,
                new Authorization.Headers(List.of("cookie", "x-token"), List.of("x-user"), List.of("set-cookie")),
                true);
        Authorization least = new Authorization(
                "authorizer",
                Optional.empty(),
                Authorization.DEFAULT_TIMEOUT,
                false,
                Authorization.DEFAULT_STATUS,
                new Authorization.Headers(List.of(), List.of(), List.of()),
                false);
        return new ConfigDraft()
                .pool("authorizer", 7003)
                .listener("edge", listener(Optional.of(new HttpsRedirect(301, 443)), least))
                .listener("other", listener(Optional.empty(), whole))
                .route(RouteDraft.named("off").policies(authorized(false)))
                .route(RouteDraft.named("on").prefix("/on").policies(authorized(true)));
    }

    private static Policies authorized(boolean enabled) {
        return new Policies(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(enabled), Optional.empty());
    }

    private static ListenerSpec listener(Optional<HttpsRedirect> redirect, Authorization authorization) {
        ListenerEdge edge = new ListenerEdge(
                Optional.empty(),
                redirect,
                Http2.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(authorization),
                Optional.empty());
        return new ListenerSpec("127.0.0.1", 0, new ListenerSpec.Http(), edge, HeaderEdits.NONE, Optional.empty());
    }

    static ConfigDraft upgrades() {
        return new ConfigDraft()
                .http("edge", 0)
                .pool("chat", 7001)
                .route(RouteDraft.named("chat")
                        .action(new Action.Forward(
                                new Action.Destination.Pools(List.of(new Action.WeightedPool("chat", 1))),
                                List.of(),
                                Rewrite.NONE,
                                Delivery.USUAL,
                                List.of("websocket"))));
    }

    static ConfigDraft tunnels() {
        return new ConfigDraft()
                .http("edge", 0)
                .pool("inner", 7001)
                .route(RouteDraft.named("tunnel")
                        .methods("CONNECT")
                        .action(new Action.Forward(
                                new Action.Destination.Pools(List.of(new Action.WeightedPool("inner", 1))),
                                List.of(),
                                Rewrite.NONE,
                                Delivery.USUAL,
                                List.of(Action.CONNECT))))
                .route(RouteDraft.named("other").prefix("/other"));
    }

    static ConfigDraft deliveries() {
        Delivery delivery = new Delivery(
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(Duration.ZERO),
                Optional.of(new Delivery.Retry(
                        List.of("5xx", "reset"),
                        List.of(429),
                        List.of(new HeaderMatch("x-retry", new ValueMatch.Exact("yes", false), false)),
                        List.of(new HeaderMatch("x-again", new ValueMatch.Present(true), false)),
                        2,
                        Optional.of(Duration.ofMillis(250)),
                        Optional.of(new Delivery.BackOff(Duration.ofMillis(10), Optional.of(Duration.ofMillis(100)))),
                        true)),
                List.of(new Delivery.Mirror("copy", 12_500)));
        return new ConfigDraft()
                .http("edge", 0)
                .pool("main", 7001)
                .pool("copy", 7002)
                .route(RouteDraft.named("main")
                        .action(new Action.Forward(
                                new Action.Destination.Pools(List.of(new Action.WeightedPool("main", 1))),
                                List.of(),
                                Rewrite.NONE,
                                delivery,
                                List.of())));
    }
}
