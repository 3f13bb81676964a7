package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.testkit.SeededDice;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TranslatorTest {
    private final Translator translator = new Translator();

    @Test
    void everyTypeIsThereEvenIfEmpty() {
        XdsResources resources = translate(new ConfigDraft());
        assertThat(resources.byType()).containsOnlyKeys(ResourceType.values());
        assertThat(resources.byType().values()).allMatch(Map::isEmpty);
        assertThat(resources.clustersOfRoutes()).isEmpty();
    }

    @Test
    void namesAreThoseOfTheContract() {
        XdsResources resources = translate(base());
        assertThat(names(resources, ResourceType.CLUSTER)).containsExactly("v1", "v2");
        assertThat(names(resources, ResourceType.ENDPOINT)).containsExactly("v1", "v2");
        assertThat(names(resources, ResourceType.SECRET)).containsExactly("shop");
        assertThat(names(resources, ResourceType.LISTENER)).containsExactly("edge", "plain");
        assertThat(names(resources, ResourceType.ROUTE)).containsExactly("edge", "plain");
    }

    @Test
    void aPoolOfWeightZeroIsAClusterOfTheRoutes() {
        assertThat(translate(base()).clustersOfRoutes())
                .containsOnly(Map.entry("edge", Set.of("v1", "v2")), Map.entry("plain", Set.of("v1", "v2")));
    }

    @Test
    void aRoutingEditChangesOneRouteTableAndNothingElse() {
        XdsResources before = translate(base());
        XdsResources after =
                translate(base().route(RouteDraft.named("more").exact("/more").listeners("plain")));
        assertThat(changed(before, after)).containsExactly("routes/plain");
    }

    @Test
    void aRotatedCertificateChangesItsSecretAndNothingElse() {
        XdsResources before = translate(base());
        XdsResources after = translate(base().certificate("shop", "new chain", "new key"));
        assertThat(changed(before, after)).containsExactly("secrets/shop");
    }

    @Test
    void changedEndpointsLeaveTheClusterAlone() {
        XdsResources before = translate(base());
        XdsResources after = translate(base().pool("v1", 7001, 7002));
        assertThat(changed(before, after)).containsExactly("endpoints/v1");
    }

    @Test
    void whatItRemembersDoesNotShow() {
        SeededDice dice = SeededDice.roll();
        Map<Integer, RouteDraft> routes = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            int slot = dice.nextInt(8);
            if (dice.oneIn(3)) {
                routes.remove(slot);
            } else {
                routes.put(slot, randomRoute(slot, dice));
            }
            ResolvedConfig config = draft(routes.values(), dice).compiled();
            assertThat(translator.translate(config)).isEqualTo(new Translator().translate(config));
        }
    }

    private static ConfigDraft base() {
        return new ConfigDraft()
                .certificate("shop", "chain", "key")
                .https("edge", 8443, "shop")
                .http("plain", 8080)
                .pool("v1", 7001)
                .pool("v2", 7002)
                .route(RouteDraft.named("checkout")
                        .prefix("/checkout")
                        .forward(new WeightedPool("v1", 100), new WeightedPool("v2", 0)));
    }

    private XdsResources translate(ConfigDraft draft) {
        return translator.translate(draft.compiled());
    }

    private static Set<String> names(XdsResources resources, ResourceType type) {
        return ofType(resources, type).keySet();
    }

    private static SortedMap<String, Message> ofType(XdsResources resources, ResourceType type) {
        return Objects.requireNonNull(resources.byType().get(type));
    }

    /** What differs; checks besides that what is equal is the same object. */
    private static Set<String> changed(XdsResources before, XdsResources after) {
        Map<String, Message> changed = new TreeMap<>();
        for (ResourceType type : ResourceType.values()) {
            assertThat(names(after, type)).isEqualTo(names(before, type));
            ofType(after, type).forEach((name, resource) -> {
                if (!resource.equals(ofType(before, type).get(name))) {
                    changed.put(type.word() + "/" + name, resource);
                } else {
                    assertThat(resource).isSameAs(ofType(before, type).get(name));
                }
            });
        }
        return changed.keySet();
    }

    private static ConfigDraft draft(Iterable<RouteDraft> routes, SeededDice dice) {
        ConfigDraft draft = new ConfigDraft().pool("p0", 7000).pool("p1", 7001 + dice.nextInt(3));
        draft.http("l0", 8080);
        if (!dice.oneIn(5)) {
            draft.http("l1", 8081);
        }
        routes.forEach(draft::route);
        return draft;
    }

    private static RouteDraft randomRoute(int slot, SeededDice dice) {
        RouteDraft route = RouteDraft.named("r" + slot)
                .hosts(dice.pick("a.test", "b.test"))
                .prefix(dice.pick("/", "/a", "/a/b", "/b"))
                .methods(dice.pick("GET", "POST"));
        return dice.oneIn(2) ? route.forward(dice.pick("p0", "p1")) : route;
    }
}
