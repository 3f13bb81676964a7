package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.local.TestCertificates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Configs that each show one thing. */
final class Features {
    static final Map<String, ConfigDraft> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("paths", paths()),
            Map.entry("no-literal-start", noLiteralStart()),
            Map.entry("hosts", hosts()),
            Map.entry("methods", methods()),
            Map.entry("headers", headers()),
            Map.entry("cookies", cookies()),
            Map.entry("query", query()),
            Map.entry("split", split()),
            Map.entry("canary-by-user", CanaryFeatures.byUser()),
            Map.entry("canary-by-others", CanaryFeatures.byOthers()),
            Map.entry("redirects", redirects()),
            Map.entry("respond", respond()),
            Map.entry("pools", pools()),
            Map.entry("route-paths", RouteFeatures.paths()),
            Map.entry("route-values", RouteFeatures.values()),
            Map.entry("route-others", RouteFeatures.others()),
            Map.entry("route-rewrites", RouteFeatures.rewrites()),
            Map.entry("pool-from-header", RouteFeatures.poolFromHeader()),
            Map.entry("pool-settings", PoolFeatures.settings()),
            Map.entry("pool-endpoints", PoolFeatures.endpoints()),
            Map.entry("pool-drained-priorities", PoolFeatures.drainedPriorities()),
            Map.entry("pool-health", PoolFeatures.health()),
            Map.entry("pool-tls", PoolFeatures.tls()),
            Map.entry("header-levels", HeaderFeatures.levels()),
            Map.entry("header-changes", HeaderFeatures.everyChange()),
            Map.entry("access-logs", HeaderFeatures.accessLogs()),
            Map.entry("unmatched", HeaderFeatures.unmatched()),
            Map.entry("pool-localities", PoolFeatures.localities()),
            Map.entry("pool-subsets", PoolFeatures.subsets()),
            Map.entry("pool-hash", PoolFeatures.hash()),
            Map.entry("policies", PolicyFeatures.policies()),
            Map.entry("deliveries", PolicyFeatures.deliveries()),
            Map.entry("authorization", PolicyFeatures.authorization()),
            Map.entry("tunnels", PolicyFeatures.tunnels()),
            Map.entry("upgrades", PolicyFeatures.upgrades()),
            Map.entry("experiments", ExperimentFeatures.running()),
            Map.entry("https", https("a chain", "a key")),
            Map.entry("tls-client-certificates", ListenerFeatures.clientCertificates()),
            Map.entry("tls-handshake", ListenerFeatures.handshakes()),
            Map.entry("tcp", TcpFeatures.tcp()),
            Map.entry("tls-passthrough", TcpFeatures.passthrough()),
            Map.entry("trust", ListenerFeatures.trust()),
            Map.entry("trusted-hops", ListenerFeatures.trustedHops()),
            Map.entry("redirect-to-https", ListenerFeatures.redirectToHttps()),
            Map.entry("proxy-protocol", ListenerFeatures.proxyProtocol()),
            Map.entry("connection-limit", ListenerFeatures.connectionLimit()),
            Map.entry("http3", ListenerFeatures.http3()),
            Map.entry("listener-idle-timeout", ListenerFeatures.idleTimeout()),
            Map.entry("http2", ListenerFeatures.http2())));

    private Features() {}

    private static ConfigDraft listener() {
        return new ConfigDraft().http("edge", 0);
    }

    private static ConfigDraft paths() {
        return listener()
                .route(RouteDraft.named("root").prefix("/"))
                .route(RouteDraft.named("segment").prefix("/api"))
                .route(RouteDraft.named("slash").prefix("/api/"))
                .route(RouteDraft.named("exact").exact("/api"))
                .route(RouteDraft.named("regex").regex("/api/v[0-9]+/.*"));
    }

    private static ConfigDraft noLiteralStart() {
        return listener().route(RouteDraft.named("images").regex(".*\\.(jpg|png)"));
    }

    private static ConfigDraft hosts() {
        return listener()
                .route(RouteDraft.named("two").hosts("B.test", "a.test"))
                .route(RouteDraft.named("suffix").hosts("*.a.test"))
                .route(RouteDraft.named("prefix").hosts("a.*"))
                .route(RouteDraft.named("all").hosts("*"));
    }

    private static ConfigDraft methods() {
        return listener()
                .route(RouteDraft.named("one").methods("GET"))
                .route(RouteDraft.named("several").prefix("/a").methods("GET", "M-SEARCH", "GET"));
    }

    static ConfigDraft headers() {
        return listener()
                .route(RouteDraft.named("exact").prefix("/exact").header("x-a", new ValueMatch.Exact("1")))
                .route(RouteDraft.named("prefix").prefix("/prefix").header("x-a", new ValueMatch.Prefix("1")))
                .route(RouteDraft.named("suffix").prefix("/suffix").header("x-a", new ValueMatch.Suffix("1")))
                .route(RouteDraft.named("contains").prefix("/contains").header("x-a", new ValueMatch.Contains("1")))
                .route(RouteDraft.named("regex").prefix("/regex").header("x-a", new ValueMatch.Regex("1+")))
                .route(RouteDraft.named("present").prefix("/present").header("x-a", new ValueMatch.Present(true)))
                .route(RouteDraft.named("absent").prefix("/absent").header("x-a", new ValueMatch.Present(false)))
                .route(RouteDraft.named("not").prefix("/not").headerNot("x-a", new ValueMatch.Exact("1")))
                .route(RouteDraft.named("not-present")
                        .prefix("/not-present")
                        .headerNot("x-a", new ValueMatch.Present(true)))
                .route(RouteDraft.named("not-absent")
                        .prefix("/not-absent")
                        .headerNot("x-a", new ValueMatch.Present(false)));
    }

    static ConfigDraft cookies() {
        return listener()
                .route(RouteDraft.named("exact").prefix("/exact").cookie("c", new ValueMatch.Exact("true")))
                .route(RouteDraft.named("long")
                        .prefix("/long")
                        .cookie("c", new ValueMatch.Exact("0123456789".repeat(20))))
                .route(RouteDraft.named("regex").prefix("/regex").cookie("c", new ValueMatch.Regex("^v[12].*$")))
                .route(RouteDraft.named("present").prefix("/present").cookie("c", new ValueMatch.Present(true)))
                .route(RouteDraft.named("absent").prefix("/absent").cookie("c", new ValueMatch.Present(false)));
    }

    static ConfigDraft query() {
        return listener()
                .route(RouteDraft.named("exact").prefix("/exact").query("q", new ValueMatch.Exact("1")))
                .route(RouteDraft.named("regex").prefix("/regex").query("q", new ValueMatch.Regex("[0-9]{1,3}")))
                .route(RouteDraft.named("present").prefix("/present").query("q", new ValueMatch.Present(true)))
                .route(RouteDraft.named("absent").prefix("/absent").query("q", new ValueMatch.Present(false)));
    }

    private static ConfigDraft split() {
        return listener()
                .pool("v1", 7001)
                .pool("v2", 7002)
                .route(RouteDraft.named("all").prefix("/all").forward("v1"))
                .route(RouteDraft.named("canary")
                        .prefix("/canary")
                        .forward(new WeightedPool("v1", 95), new WeightedPool("v2", 5)))
                .route(RouteDraft.named("off")
                        .prefix("/off")
                        .forward(new WeightedPool("v1", 100), new WeightedPool("v2", 0)));
    }

    private static ConfigDraft redirects() {
        return listener()
                .route(RouteDraft.named("tls").action(redirect(Optional.of("https"), Optional.empty(), 301, false)))
                .route(RouteDraft.named("moved")
                        .prefix("/old")
                        .action(redirect(Optional.empty(), Optional.of("/new"), 308, true)));
    }

    private static Action redirect(Optional<String> scheme, Optional<String> prefix, int status, boolean stripQuery) {
        return new Action.Redirect(
                scheme,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                prefix,
                Optional.empty(),
                status,
                stripQuery);
    }

    private static ConfigDraft respond() {
        return listener()
                .route(RouteDraft.named("gone").prefix("/gone").action(new Action.Respond(410, Optional.empty())))
                .route(RouteDraft.named("hello").action(new Action.Respond(200, Optional.of("hello"))));
    }

    private static ConfigDraft pools() {
        return listener()
                .pool("empty")
                .pool(
                        "weighted",
                        new LoadBalancing.LeastRequest(),
                        List.of(new Endpoint("10.0.0.1", 80, 1), new Endpoint("2001:db8::1", 8080, 2)))
                .route(RouteDraft.named("a").exact("/a").forward("empty"))
                .route(RouteDraft.named("b").exact("/b").forward("weighted"));
    }

    private static ConfigDraft https(String chain, String key) {
        return new ConfigDraft()
                .certificate("first", chain, key)
                .certificate("second", chain, key)
                .https("edge", 0, "first", "second")
                .route(RouteDraft.named("all").hosts("*"));
    }

    /** As the golden of https, with a certificate that a proxy takes. */
    static ConfigDraft https(TestCertificates.Issued issued) {
        return https(issued.chain(), issued.privateKey());
    }
}
