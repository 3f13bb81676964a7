package io.signalbox.controlplane.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private static final ValueMatch ONE = new ValueMatch.Exact("1");

    /** Each beats all that follow. The names say nothing about the order on purpose. */
    private static List<RouteDraft> strongestFirst() {
        return List.of(
                RouteDraft.named("m").prefix("/").priority(2),
                RouteDraft.named("z").prefix("/a/b").priority(1),
                RouteDraft.named("c").prefix("/a").priority(1),
                RouteDraft.named("y").exact("/a").methods("GET"),
                RouteDraft.named("d").exact("/a"),
                RouteDraft.named("n").path(new PathMatch.Exact("/aaaa", true)).methods("GET"),
                RouteDraft.named("o").path(new PathMatch.Template("/a/{x}")),
                RouteDraft.named("x").regex("/.*").methods("GET"),
                RouteDraft.named("e").regex("/a/b/c.*").header("h", ONE),
                RouteDraft.named("w").prefix("/a/b/c"),
                RouteDraft.named("p").path(new PathMatch.Prefix("/a/b/c", true)),
                RouteDraft.named("aa")
                        .path(new PathMatch.RawPrefix("/a/b/c", false))
                        .methods("GET"),
                RouteDraft.named("zz")
                        .path(new PathMatch.RawPrefix("/a/b/C", true))
                        .methods("GET"),
                RouteDraft.named("f")
                        .prefix("/a/b")
                        .methods("GET")
                        .header("h", ONE)
                        .header("i", ONE),
                RouteDraft.named("v")
                        .prefix("/a/b")
                        .methods("GET")
                        .header("h", ONE)
                        .cookie("c", ONE),
                RouteDraft.named("g").prefix("/a/b").methods("GET").header("h", ONE),
                RouteDraft.named("u")
                        .prefix("/a/b")
                        .methods("GET")
                        .cookie("c", ONE)
                        .query("q", ONE),
                RouteDraft.named("h").prefix("/a/b").methods("GET").cookie("c", ONE),
                RouteDraft.named("t")
                        .prefix("/a/b")
                        .methods("GET")
                        .query("q", ONE)
                        .query("r", ONE),
                RouteDraft.named("i").prefix("/a/b").methods("GET").query("q", ONE),
                RouteDraft.named("s").prefix("/a/b").methods("GET"),
                RouteDraft.named("j").prefix("/a/b").header("h", ONE).header("i", ONE),
                RouteDraft.named("yy").prefix("/a/b").sources("10.0.0.0/8"),
                RouteDraft.named("bb").prefix("/a/b").grpc().millionths(1),
                RouteDraft.named("xx").prefix("/a/b").grpc(),
                RouteDraft.named("cc").prefix("/a/b").millionths(1),
                RouteDraft.named("r").prefix("/a/b"),
                RouteDraft.named("k").prefix("/a"),
                RouteDraft.named("q").prefix("/"),
                RouteDraft.named("l").exact("/a").methods("GET").priority(-1));
    }

    @Test
    void doesNotDependOnTheOrderOfCreation() {
        List<String> expected = strongestFirst().stream().map(RouteDraft::name).toList();
        Random random = new Random(SeededDice.roll().seed());
        for (int i = 0; i < 50; i++) {
            List<RouteDraft> shuffled = new ArrayList<>(strongestFirst());
            Collections.shuffle(shuffled, random);
            assertThat(order(shuffled)).isEqualTo(expected);
        }
    }

    @Test
    void theOlderOfTwoEqualsGoesFirst() {
        RouteDraft b = RouteDraft.named("b").prefix("/x").methods("GET");
        RouteDraft a = RouteDraft.named("a").prefix("/y").methods("POST");
        assertThat(order(List.of(b, a))).containsExactly("b", "a");
        assertThat(order(List.of(a, b))).containsExactly("a", "b");
    }

    @Test
    void regexesAreEqualHoweverLong() {
        RouteDraft shorter = RouteDraft.named("b").regex("/.*");
        RouteDraft longer = RouteDraft.named("a").regex("/a/b/.*");
        assertThat(order(List.of(shorter, longer))).containsExactly("b", "a");
        assertThat(order(List.of(longer, shorter))).containsExactly("a", "b");
    }

    private static List<String> order(List<RouteDraft> routes) {
        ConfigDraft draft = new ConfigDraft().http("edge", 80);
        routes.forEach(draft::route);
        return ConfigDraft.hosts(draft.compiled(), "edge").get(0).routes().stream()
                .map(ResolvedRoutes.Route::name)
                .toList();
    }
}
