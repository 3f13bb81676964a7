package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ResolvedExperiment;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.LayerPrime;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.xds.resource.ExperimentArms.Arm;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentArmsTest {
    private static final Variant CONTROL = new Variant("control", 1, Optional.empty(), HeaderEdits.NONE);
    private static final Variant OTHER = new Variant("other", 1, Optional.of("b"), HeaderEdits.NONE);

    private static ResolvedExperiment experiment(String name, Slice... slices) {
        return new ResolvedExperiment(
                name, "layer", List.of(CONTROL, OTHER), List.of(slices), Optional.empty(), 300_000);
    }

    /** {@code pool weight variant} */
    private static List<String> lines(List<Arm> arms) {
        return arms.stream()
                .map(Arm::pool)
                .map(arm -> arm.pool() + " " + arm.weight()
                        + arm.headers().request().set().stream()
                                .map(value -> " " + value.value())
                                .reduce("", String::concat))
                .toList();
    }

    @Test
    void slicesAndWhatIsBetweenThemStandInTheOrderOfNumbers() {
        ResolvedExperiment one = experiment("one", new Slice("other", 10, 20), new Slice("control", 50, 60));
        ResolvedExperiment two =
                experiment("two", new Slice("control", 0, 10), new Slice("other", 99_999_999, Slice.ALL));
        assertThat(lines(ExperimentArms.divided(List.of(new WeightedPool("a", 7)), List.of(one, two), Slice.ALL)))
                .containsExactly(
                        "a 10 two=control",
                        "b 10 one=other",
                        "a 30",
                        "a 10 one=control",
                        "a 99999939",
                        "b 1 two=other");
    }

    @Test
    void ofThoseWhoComeAgainAPartIsCountedAndAllStayWhereTheyAre() {
        ResolvedExperiment one = experiment("one", new Slice("control", 10, 20), new Slice("other", 20, 22));
        List<Arm> arms = ExperimentArms.again(
                ExperimentArms.divided(List.of(new WeightedPool("a", 1)), List.of(one), Slice.ALL));
        assertThat(lines(arms))
                .containsExactly("a 10", "a 7 one=control", "a 3 one=control", "b 2 one=other", "a 99999978");
        assertThat(arms).extracting(Arm::counted).containsExactly(0, 0, Slice.MILLION, 0, 0);
    }

    @Test
    void whoIsInNoneHasNoHeaderWhateverTheClientSays() {
        List<Arm> arms = ExperimentArms.divided(
                List.of(new WeightedPool("a", 1)), List.of(experiment("one", new Slice("other", 0, 10))), Slice.ALL);
        assertThat(arms.get(1).exposure()).isEmpty();
        assertThat(arms.get(0).exposure()).contains(new Exposure("one", "other"));
        assertThat(arms.get(1).pool().headers().request().remove()).containsExactly("x-experiment");
        assertThat(arms.get(0).pool().headers().request().set())
                .containsExactly(new HeaderChanges.Value("x-experiment", "one=other"));
    }

    @Test
    void theSumIsTheSameWhateverThePoolsOfTheRouteAre() {
        SeededDice dice = SeededDice.roll();
        for (int round = 0; round < 200; round++) {
            List<WeightedPool> pools = new ArrayList<>();
            for (int i = 0; i <= dice.nextInt(4); i++) {
                pools.add(new WeightedPool("p" + i, dice.nextInt(1_000_000)));
            }
            pools.add(new WeightedPool("last", 1));
            int from = dice.nextInt(1000);
            int to = from + dice.nextInt(1_000_000);
            int total = LayerPrime.of("layer-" + round);
            List<Arm> arms = ExperimentArms.divided(
                    pools,
                    List.of(experiment("one", new Slice("control", from, to), new Slice("other", to, to + 3))),
                    total);
            assertThat(arms.stream().mapToLong(arm -> arm.pool().weight()).sum())
                    .isEqualTo(total);
            assertThat(arms).allSatisfy(arm -> assertThat(arm.pool().weight()).isNotNegative());
        }
    }

    @Test
    void aVariantHasTheLastWordOnHeadersAndExposureOnItsOwn() {
        HeaderEdits ofRoute = request(List.of(value("x-a", "route"), value("x-b", "route")), List.of());
        HeaderEdits ofVariant = request(List.of(value("x-a", "variant"), value("x-experiment", "no")), List.of("x-b"));
        Variant variant = new Variant("v", 1, Optional.empty(), ofVariant);
        ResolvedExperiment experiment = new ResolvedExperiment(
                "one", "layer", List.of(CONTROL, variant), List.of(), Optional.empty(), Slice.MILLION);
        List<Arm> arms = ExperimentArms.forced(List.of(new WeightedPool("a", 1, ofRoute)), experiment, variant);
        assertThat(arms)
                .extracting(Arm::pool)
                .containsExactly(new WeightedPool(
                        "a",
                        1,
                        request(List.of(value("x-a", "variant"), value("x-experiment", "one=v")), List.of("x-b"))));
    }

    private static HeaderChanges.Value value(String name, String value) {
        return new HeaderChanges.Value(name, value);
    }

    private static HeaderEdits request(List<HeaderChanges.Value> set, List<String> remove) {
        return new HeaderEdits(new HeaderChanges(set, List.of(), List.of(), List.of(), remove), HeaderChanges.NONE);
    }
}
