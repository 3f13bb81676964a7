package io.signalbox.controlplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithheldRoutesTest {
    private static ConfigDraft draft() {
        return new ConfigDraft().http("l", 80).pool("old", 1).pool("new", 2);
    }

    private static RouteDraft route(String name, String prefix) {
        return RouteDraft.named(name).prefix(prefix);
    }

    private static RouteDraft answering(RouteDraft route, String body) {
        return route.action(new Action.Respond(200, Optional.of(body)));
    }

    private static List<String> names(ResolvedConfig config) {
        return ConfigDraft.hosts(config, "l").stream()
                .flatMap(host -> host.routes().stream())
                .map(ResolvedRoutes.Route::name)
                .toList();
    }

    private static ResolvedConfig withhold(ResolvedConfig current, ResolvedConfig lastGood, String... routes) {
        return WithheldRoutes.withhold(current, lastGood, "l", Set.of(routes));
    }

    @Test
    void keepsARouteAsItWas() {
        ResolvedConfig before = draft().route(answering(route("a", "/a"), "1"))
                .route(route("b", "/b"))
                .compiled();
        ResolvedConfig after = draft().route(answering(route("a", "/a"), "2"))
                .route(answering(route("b", "/b"), "edited"))
                .compiled();

        ResolvedConfig merged = withhold(after, before, "a");

        assertThat(WithheldRoutes.definition(merged, "l", "a")).isEqualTo(WithheldRoutes.definition(before, "l", "a"));
        assertThat(WithheldRoutes.definition(merged, "l", "b")).isEqualTo(WithheldRoutes.definition(after, "l", "b"));
    }

    @Test
    void leavesOutARouteThatWasNotThere() {
        ResolvedConfig before = draft().route(route("b", "/b")).compiled();
        ResolvedConfig after = draft().route(route("a", "/a").hosts("test", "only.a"))
                .route(route("b", "/b"))
                .compiled();

        ResolvedConfig merged = withhold(after, before, "a");

        assertThat(merged.routes()).isEqualTo(before.routes());
    }

    @Test
    void bringsBackARouteWithItsPool() {
        ResolvedConfig before = draft().route(route("a", "/a").forward("old")).compiled();
        ResolvedConfig after = draft().route(route("a", "/a").forward("new")).compiled();
        assertThat(after.pools()).containsOnlyKeys("new");

        assertThat(withhold(after, before, "a").pools()).containsOnlyKeys("new", "old");
    }

    @Test
    void putsARouteOfAnotherMatchWhereItWas() {
        ResolvedConfig before = draft().route(route("long", "/aaa"))
                .route(route("a", "/aa"))
                .route(route("short", "/"))
                .compiled();
        ResolvedConfig after = draft().route(route("long", "/aaa"))
                .route(route("a", "/aaaaaaa"))
                .route(route("short", "/"))
                .compiled();
        assertThat(names(after)).containsExactly("a", "long", "short");

        assertThat(names(withhold(after, before, "a"))).containsExactly("long", "a", "short");
    }

    @Test
    void blamesWhatIsNewOrOtherwise() {
        ResolvedConfig before = draft().route(route("same", "/s"))
                .route(route("gone", "/g"))
                .route(answering(route("edited", "/e"), "1"))
                .compiled();
        ResolvedConfig after = draft().route(route("same", "/s"))
                .route(answering(route("edited", "/e"), "2"))
                .route(route("added", "/n"))
                .compiled();

        assertThat(WithheldRoutes.changed(before, after, "l")).containsExactly("added", "edited");
    }

    @Test
    void holdsBackVirtualHostsLikeRoutes() {
        ResolvedConfig before = draft().virtualHost("shop", host("1"))
                .route(route("same", "/s"))
                .compiled();
        ResolvedConfig after = draft().virtualHost("shop", host("2"))
                .virtualHost(
                        "new",
                        new VirtualHostSpec(
                                List.of("new"),
                                List.of(),
                                HeaderEdits.NONE,
                                Policies.NONE,
                                host("3").unmatched()))
                .route(route("same", "/s"))
                .compiled();

        assertThat(WithheldRoutes.changed(before, after, "l"))
                .containsExactly("virtual-hosts/new", "virtual-hosts/shop");
        assertThat(withhold(after, before, "virtual-hosts/new", "virtual-hosts/shop")
                        .routes())
                .isEqualTo(before.routes());
    }

    private static VirtualHostSpec host(String body) {
        return new VirtualHostSpec(
                List.of("test"),
                List.of(),
                HeaderEdits.NONE,
                Policies.NONE,
                Optional.of(new Action.Respond(404, Optional.of(body))));
    }

    @Test
    void findsTheRoutesThatUseAPool() {
        ResolvedConfig config = draft().route(route("a", "/a").forward("old"))
                .route(route("b", "/b").forward("new"))
                .route(route("c", "/c"))
                .compiled();

        assertThat(WithheldRoutes.using(config, "l", Set.of("old"))).containsExactly("a");
    }
}
