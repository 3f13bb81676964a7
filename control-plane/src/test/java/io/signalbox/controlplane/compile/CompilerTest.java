package io.signalbox.controlplane.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.TlsHandshake;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompilerTest {
    @Test
    void anEmptyConfigGivesNothing() {
        ResolvedConfig resolved = Compiler.compile(Config.EMPTY);
        assertThat(resolved.revision()).isZero();
        assertThat(resolved.listeners()).isEmpty();
        assertThat(resolved.routes()).isEmpty();
        assertThat(resolved.pools()).isEmpty();
        assertThat(resolved.certificates()).isEmpty();
    }

    @Test
    void aRouteWithoutListenersServesOnEveryOne() {
        ResolvedConfig resolved = new ConfigDraft()
                .http("plain", 80)
                .http("other", 81)
                .route(RouteDraft.named("everywhere"))
                .route(RouteDraft.named("one").listeners("other", "other"))
                .compiled();
        assertThat(resolved.routes().keySet()).containsExactly("other", "plain");
        assertThat(routes(resolved, "plain", "test")).containsExactly("everywhere");
        assertThat(routes(resolved, "other", "test")).containsExactly("everywhere", "one");
    }

    @Test
    void aListenerWithoutRoutesIsThereAndServesNothing() {
        ResolvedConfig resolved = new ConfigDraft().http("plain", 80).compiled();
        assertThat(resolved.listeners()).containsOnlyKeys("plain");
        assertThat(ConfigDraft.hosts(resolved, "plain")).isEmpty();
    }

    @Test
    void hostsAreLowerCasedSortedAndListedOnce() {
        ResolvedConfig resolved = new ConfigDraft()
                .http("plain", 80)
                .route(RouteDraft.named("a").hosts("Shop.example.com", "SHOP.EXAMPLE.COM", "*.example.com"))
                .route(RouteDraft.named("b").hosts("shop.example.COM").exact("/b"))
                .compiled();
        assertThat(ConfigDraft.hosts(resolved, "plain"))
                .extracting(ResolvedRoutes.Host::host)
                .containsExactly("*.example.com", "shop.example.com");
        assertThat(routes(resolved, "plain", "shop.example.com")).containsExactly("b", "a");
        assertThat(routes(resolved, "plain", "*.example.com")).containsExactly("a");
    }

    @Test
    void onlyPoolsThatARouteForwardsToAreLeft() {
        ResolvedConfig resolved = new ConfigDraft()
                .http("plain", 80)
                .pool("unused", 1)
                .pool("used", 2)
                .pool("idle", 3)
                .route(RouteDraft.named("a").forward(new WeightedPool("used", 1), new WeightedPool("idle", 0)))
                .compiled();
        assertThat(resolved.pools()).containsOnlyKeys("idle", "used");
    }

    @Test
    void onlyCertificatesThatAListenerServesWithAreLeft() {
        ResolvedConfig resolved = new ConfigDraft()
                .certificate("used", "chain", "key")
                .certificate("unused", "chain", "key")
                .https("secure", 443, "used")
                .http("plain", 80)
                .compiled();
        assertThat(resolved.certificates()).containsOnlyKeys("used");
        assertThat(resolved.listeners())
                .containsEntry(
                        "secure",
                        new ResolvedListener(
                                "secure",
                                "127.0.0.1",
                                443,
                                List.of("used"),
                                TlsHandshake.DEFAULT,
                                ListenerEdge.DEFAULT,
                                Optional.empty()))
                .containsEntry(
                        "plain",
                        new ResolvedListener(
                                "plain",
                                "127.0.0.1",
                                80,
                                List.of(),
                                TlsHandshake.DEFAULT,
                                ListenerEdge.DEFAULT,
                                Optional.empty()));
    }

    @Test
    void theSameConfigGivesAnEqualResult() {
        ConfigDraft draft = new ConfigDraft()
                .http("plain", 80)
                .pool("p", 1)
                .route(RouteDraft.named("a").forward("p"))
                .route(RouteDraft.named("b").exact("/b"));
        assertThat(draft.compiled()).isEqualTo(draft.compiled());
    }

    @Test
    void danglingReferencesAreBugsOfTheCaller() {
        List<ConfigDraft> dangling = List.of(
                new ConfigDraft().route(RouteDraft.named("a").forward("gone")),
                new ConfigDraft().route(RouteDraft.named("a").listeners("gone")),
                new ConfigDraft().https("a", 443, "gone"));
        for (ConfigDraft draft : dangling) {
            assertThatThrownBy(draft::compiled)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(route|listener) a names no existing (pool|listener|certificate): gone");
        }
    }

    private static List<String> routes(ResolvedConfig resolved, String listener, String host) {
        return ConfigDraft.hosts(resolved, listener).stream()
                .filter(h -> h.host().equals(host))
                .flatMap(h -> h.routes().stream())
                .map(ResolvedRoutes.Route::name)
                .toList();
    }
}
