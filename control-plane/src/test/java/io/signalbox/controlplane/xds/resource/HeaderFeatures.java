package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderChanges.Value;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header changes on each level, and what belongs to a host. */
final class HeaderFeatures {
    private HeaderFeatures() {}

    static ConfigDraft levels() {
        return new ConfigDraft()
                .listener(
                        "edge",
                        new ListenerSpec(
                                "127.0.0.1",
                                0,
                                new ListenerSpec.Http(),
                                ListenerEdge.DEFAULT,
                                set("listener"),
                                Optional.empty()))
                .pool("v1", 7001)
                .pool("v2", 7002)
                .virtualHost("test", host(Optional.empty(), "test"))
                .route(RouteDraft.named("split")
                        .prefix("/split")
                        .headers(set("route"))
                        .forward(new WeightedPool("v1", 95, set("arm")), new WeightedPool("v2", 5)))
                .route(RouteDraft.named("single").forward(new WeightedPool("v1", 1, set("arm"))));
    }

    static ConfigDraft everyChange() {
        List<Value> values = List.of(new Value("x-a", "%REQ(x-b?:path):8%"), new Value("x-c", "100%%"));
        HeaderChanges changes = new HeaderChanges(values, values, values, values, List.of("x-d"));
        return new ConfigDraft()
                .http("edge", 0)
                .route(RouteDraft.named("all").headers(new HeaderEdits(changes, changes)));
    }

    static ConfigDraft accessLogs() {
        return new ConfigDraft()
                .listener("edge", logging(new AccessLog.Text("%REQ(:path)% %RESPONSE_CODE%"), Optional.of(400)))
                .listener(
                        "json",
                        logging(
                                new AccessLog.Json(new TreeMap<>(Map.of("status", "%RESPONSE_CODE%", "a", "100%%"))),
                                Optional.empty()))
                .listener("usual", logging(new AccessLog.Usual(), Optional.empty()))
                .route(RouteDraft.named("all").hosts("a.test"));
    }

    private static ListenerSpec logging(AccessLog.Format format, Optional<Integer> minimumStatus) {
        return new ListenerSpec(
                "127.0.0.1",
                0,
                new ListenerSpec.Http(),
                ListenerEdge.DEFAULT,
                HeaderEdits.NONE,
                Optional.of(new AccessLog(format, minimumStatus)));
    }

    static ConfigDraft unmatched() {
        Action.Redirect home = new Action.Redirect(
                Optional.empty(),
                Optional.of("test"),
                Optional.empty(),
                Optional.of("/"),
                Optional.empty(),
                Optional.empty(),
                302,
                false);
        return new ConfigDraft()
                .http("edge", 0)
                .virtualHost("shop", host(Optional.of(new Action.Respond(404, Optional.of("nothing here"))), "test"))
                .virtualHost("alone", host(Optional.of(home), "alone.test", "*.alone.test"))
                .virtualHost("neither", host(Optional.empty(), "neither.test"))
                .route(RouteDraft.named("exact").exact("/a"))
                .route(RouteDraft.named("prefix").prefix("/b"))
                .route(RouteDraft.named("regex").regex(".*\\.png"));
    }

    private static VirtualHostSpec host(Optional<Action> unmatched, String... hosts) {
        return new VirtualHostSpec(List.of(hosts), List.of(), set("virtual host"), Policies.NONE, unmatched);
    }

    private static HeaderEdits set(String by) {
        HeaderChanges changes =
                new HeaderChanges(List.of(new Value("x-by", by)), List.of(), List.of(), List.of(), List.of());
        return new HeaderEdits(changes, changes);
    }
}
