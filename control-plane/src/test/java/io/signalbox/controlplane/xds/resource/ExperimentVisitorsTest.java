package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.routing.Decision;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Many visitors, decided by the routing library on the protos that proxies get. Same visitors each time, so nothing is by
 * chance. {@code signalbox bench experiment-visitors} does it with more of everything, over real Envoys too.
 */
class ExperimentVisitorsTest {
    private static final int VISITORS = 4000;
    private static final int LAYERS = 60;

    /** Of one degree of freedom, with probability 0.01 / 1,770 for every two of the layers. */
    private static final double LARGEST_CHI_SQUARED = 20.7;

    private static ExperimentSpec half(String layer, int population, int control, List<Slice> taken) {
        ExperimentSpec spec = new ExperimentSpec(
                List.of("route-" + layer),
                List.of(),
                Optional.of(layer),
                population,
                List.of(
                        new Variant("control", control, Optional.empty(), HeaderEdits.NONE),
                        new Variant("other", 1, Optional.of("b"), HeaderEdits.NONE)),
                Optional.empty(),
                Slice.MILLION,
                Window.OPEN,
                State.NEW);
        return Allotment.of(spec.started(Instant.EPOCH), taken);
    }

    private static ConfigDraft draft(int layers) {
        ConfigDraft draft = new ConfigDraft().http("edge", 0).pool("a", 1).pool("b", 2);
        for (int i = 0; i < layers; i++) {
            draft.route(
                    RouteDraft.named("route-layer-" + i).prefix("/layer-" + i).forward(new WeightedPool("a", 1)));
        }
        return draft;
    }

    private static RouteTable table(ConfigDraft draft) throws InvalidRouteConfiguration {
        var routes = new Translator().translate(draft.compiled()).byType().get(ResourceType.ROUTE);
        return RouteTable.parse((RouteConfiguration)
                Objects.requireNonNull(Objects.requireNonNull(routes).get("edge")));
    }

    private static boolean isInOther(RouteTable table, String layer, int visitor) {
        Decision decision = table.decide(new Visit("/" + layer, "visitor-" + visitor), () -> 0);
        return ((Decision.Forward) decision).cluster().equals("b");
    }

    @Test
    void whereVisitorsAreInOneLayerSaysNothingAboutAnother() throws Exception {
        ConfigDraft draft = draft(LAYERS);
        for (int i = 0; i < LAYERS; i++) {
            draft.experiment("e" + i, half("layer-" + i, Slice.MILLION, 1, List.of()));
        }
        RouteTable table = table(draft);
        boolean[][] other = new boolean[LAYERS][VISITORS];
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                other[layer][visitor] = isInOther(table, "layer-" + layer, visitor);
            }
        }
        for (int one = 0; one < LAYERS; one++) {
            assertThat(count(other[one], other[one])).isBetween(VISITORS / 2 - 158, VISITORS / 2 + 158); // five σ
            for (int another = one + 1; another < LAYERS; another++) {
                assertThat(chiSquared(other[one], other[another]))
                        .as("layers %d and %d", one, another)
                        .isLessThan(LARGEST_CHI_SQUARED);
            }
        }
    }

    private static double chiSquared(boolean[] one, boolean[] other) {
        double total = VISITORS;
        double inOne = count(one, one);
        double inOther = count(other, other);
        double off = count(one, other) * total - inOne * inOther;
        return total * off * off / (inOne * (total - inOne) * inOther * (total - inOther));
    }

    private static int count(boolean[] one, boolean[] other) {
        int both = 0;
        for (int i = 0; i < one.length; i++) {
            both += one[i] && other[i] ? 1 : 0;
        }
        return both;
    }

    @Test
    void eachVisitorIsInOneExperimentOfALayerThatIsFull() throws Exception {
        List<Slice> taken = new ArrayList<>();
        List<RouteTable> alone = new ArrayList<>();
        for (int tenth = 0; tenth < 10; tenth++) {
            ExperimentSpec spec = half("layer-0", Slice.MILLION / 10, 0, taken);
            taken.addAll(spec.state().slices());
            alone.add(table(draft(1).experiment("e" + tenth, spec)));
        }
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            int number = visitor;
            assertThat(alone.stream().filter(table -> isInOther(table, "layer-0", number)))
                    .as("visitor %d", number)
                    .hasSize(1);
        }
    }

    @Test
    void nobodyLeavesAsThePopulationGrows() throws Exception {
        boolean[] before = new boolean[VISITORS];
        ExperimentSpec spec = half("layer-0", 0, 1, List.of());
        for (int percent = 5; percent <= 100; percent += 19) {
            spec = Allotment.of(
                    new ExperimentSpec(
                            spec.routes(),
                            spec.hosts(),
                            spec.layer(),
                            percent * 10_000,
                            spec.variants(),
                            spec.cookie(),
                            spec.counted(),
                            spec.window(),
                            spec.state()),
                    List.of());
            RouteTable table = table(draft(1).experiment("e", spec));
            int in = 0;
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                boolean now = isInOther(table, "layer-0", visitor);
                assertThat(now || !before[visitor])
                        .as("visitor %d at %d percent", visitor, percent)
                        .isTrue();
                before[visitor] = now;
                in += now ? 1 : 0;
            }
            assertThat(in).isBetween(VISITORS * percent / 200 - 158, VISITORS * percent / 200 + 158);
        }
    }

    private record Visit(String path, String visitor) implements RequestView {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "test";
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return lowerCaseName.equals("cookie") ? List.of("signalbox-visitor=" + visitor) : List.of();
        }
    }
}
