package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.List;
import java.util.Optional;

/** What routes can say beyond the basics of {@link Features}. */
final class RouteFeatures {
    private RouteFeatures() {}

    private static ConfigDraft listener() {
        return new ConfigDraft().http("edge", 0);
    }

    static ConfigDraft paths() {
        return listener()
                .route(RouteDraft.named("any-case").path(new PathMatch.Prefix("/Api", true)))
                .route(RouteDraft.named("lower").prefix("/api/v1"))
                .route(RouteDraft.named("upper").prefix("/API/v2"))
                .route(RouteDraft.named("other").prefix("/b"))
                .route(RouteDraft.named("raw").path(new PathMatch.RawPrefix("/ap", false)))
                .route(RouteDraft.named("regex").path(new PathMatch.Regex("/x[a-z]", true)))
                .route(RouteDraft.named("template").path(new PathMatch.Template("/users/{id}/photos/**")));
    }

    static ConfigDraft values() {
        return listener()
                .route(RouteDraft.named("header").prefix("/a").header("x-a", new ValueMatch.Exact("On", true)))
                .route(RouteDraft.named("range").prefix("/b").header("x-a", new ValueMatch.Range(-5, 10)))
                .route(RouteDraft.named("missing")
                        .prefix("/c")
                        .header(new HeaderMatch("x-a", new ValueMatch.Exact("1"), true, true)))
                .route(RouteDraft.named("cookie").prefix("/d").cookie("c", new ValueMatch.Prefix("V-1", true)))
                .route(RouteDraft.named("query").prefix("/e").query("q", new ValueMatch.Regex("a+", true)));
    }

    static ConfigDraft others() {
        return listener()
                .route(RouteDraft.named("sources").prefix("/a").sources("10.0.0.0/8", "2001:db8::/32"))
                .route(RouteDraft.named("grpc").prefix("/b").grpc())
                .route(RouteDraft.named("fraction").prefix("/c").millionths(125_000));
    }

    static ConfigDraft rewrites() {
        return listener()
                .pool("p", 7001)
                .route(RouteDraft.named("segments").prefix("/a/").rewrite("p", new Rewrite.Path.Prefix("/b")))
                .route(RouteDraft.named("nothing").prefix("/c").rewrite("p", new Rewrite.Path.Prefix("/")))
                .route(RouteDraft.named("regex").prefix("/d").rewrite("p", new Rewrite.Path.Regex("^/d/(.)", "/\\1")))
                .route(RouteDraft.named("template")
                        .path(new PathMatch.Template("/e/{x}"))
                        .rewrite("p", new Rewrite.Path.Template("/{x}/e")))
                .route(host("literal", new Rewrite.HostSource.Literal("b.test"), true))
                .route(host("from-header", new Rewrite.HostSource.FromHeader("x-host"), false))
                .route(host("auto", new Rewrite.HostSource.Auto(), false));
    }

    private static RouteDraft host(String name, Rewrite.HostSource from, boolean forwardOriginal) {
        return RouteDraft.named(name)
                .exact("/host/" + name)
                .action(new Action.Forward(
                        new Action.Destination.Pools(List.of(new Action.WeightedPool("p", 1))),
                        List.of(),
                        new Rewrite(Optional.of(new Rewrite.Host(from, forwardOriginal)), Optional.empty())));
    }

    static ConfigDraft poolFromHeader() {
        return listener()
                .pool("a", 7001)
                .pool("ab", 7002)
                .route(RouteDraft.named("shards")
                        .action(new Action.Forward(
                                new Action.Destination.FromHeader("x-shard", List.of("a", "ab")),
                                List.of(),
                                Rewrite.NONE)));
    }
}
