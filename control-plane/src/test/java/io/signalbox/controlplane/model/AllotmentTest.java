package io.signalbox.controlplane.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.testkit.SeededDice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AllotmentTest {
    private static ExperimentSpec experiment(int percent, int... weights) {
        List<Variant> variants = new ArrayList<>();
        for (int weight : weights) {
            variants.add(new Variant("v" + variants.size(), weight, Optional.empty(), HeaderEdits.NONE));
        }
        return new ExperimentSpec(
                        List.of("r"),
                        List.of(),
                        Optional.empty(),
                        percent * 10_000,
                        variants,
                        Optional.empty(),
                        Slice.MILLION,
                        Window.OPEN,
                        State.NEW)
                .started(Instant.EPOCH);
    }

    private static ExperimentSpec withPopulation(ExperimentSpec spec, int percent) {
        return new ExperimentSpec(
                spec.routes(),
                spec.hosts(),
                spec.layer(),
                percent * 10_000,
                spec.variants(),
                spec.cookie(),
                spec.counted(),
                spec.window(),
                spec.state());
    }

    @Test
    void variantsGetWhatTheirWeightsSay() {
        assertThat(Allotment.of(experiment(20, 1, 1), List.of()).state().slices())
                .containsExactly(new Slice("v0", 0, 10_000_000), new Slice("v1", 10_000_000, 20_000_000));
        assertThat(Allotment.of(experiment(1, 1, 1, 1), List.of()).state().slices())
                .containsExactly(
                        new Slice("v0", 0, 333_333),
                        new Slice("v1", 333_333, 666_666),
                        new Slice("v2", 666_666, 1_000_000));
        assertThat(Allotment.of(experiment(100, 0, 1), List.of()).state().slices())
                .containsExactly(new Slice("v1", 0, Slice.ALL));
        assertThat(Allotment.of(experiment(0, 1, 1), List.of()).state().slices())
                .isEmpty();
    }

    @Test
    void whoComesLaterGetsWhatIsLeft() {
        List<Slice> taken = List.of(new Slice("x", 10_000_000, 60_000_000));
        assertThat(Allotment.of(experiment(30, 1, 1), taken).state().slices())
                .containsExactly(
                        new Slice("v0", 0, 10_000_000),
                        new Slice("v0", 60_000_000, 65_000_000),
                        new Slice("v1", 65_000_000, 80_000_000));
        assertThat(Slice.total(Allotment.of(experiment(60, 1, 1), taken).state().slices()))
                .as("all that there is")
                .isEqualTo(50_000_000);
    }

    @Test
    void whoHasBeenInItIsInItAgainUnlessSomebodyElseHasThem() {
        ExperimentSpec before = Allotment.of(experiment(20, 1, 1), List.of());
        ExperimentSpec again = before.stopped(Optional.empty()).started(Instant.EPOCH);
        assertThat(Allotment.of(again, List.of())).isEqualTo(before.started(Instant.EPOCH));
        assertThat(Allotment.of(again, List.of(new Slice("x", 5_000_000, 12_000_000)))
                        .state()
                        .slices())
                .containsExactly(
                        new Slice("v0", 0, 5_000_000),
                        new Slice("v1", 12_000_000, 20_000_000),
                        new Slice("v0", 20_000_000, 25_000_000),
                        new Slice("v1", 25_000_000, 27_000_000));
    }

    /** One layer, whose experiments begin, grow, shrink and end in any order. */
    @Test
    void nobodyMovesButThoseWhoLeaveAndNobodyIsInTwo() {
        SeededDice dice = SeededDice.roll();
        for (int layer = 0; layer < 40; layer++) {
            Map<Integer, ExperimentSpec> running = new TreeMap<>();
            for (int step = 0; step < 40; step++) {
                int which = dice.nextInt(6);
                List<Slice> taken = running.entrySet().stream()
                        .filter(other -> other.getKey() != which)
                        .flatMap(other -> other.getValue().state().slices().stream())
                        .toList();
                int room = (int) (100 - Slice.total(taken) * 100 / Slice.ALL);
                ExperimentSpec before =
                        running.getOrDefault(which, experiment(0, 1 + dice.nextInt(5), dice.nextInt(3), 2));
                if (dice.nextInt(5) == 0) {
                    running.remove(which);
                    continue;
                }
                ExperimentSpec after = Allotment.of(withPopulation(before, dice.nextInt(room + 1)), taken);
                running.put(which, after);
                check(before, after, taken);
            }
        }
    }

    private static void check(ExperimentSpec before, ExperimentSpec after, List<Slice> taken) {
        List<Slice> slices = after.state().slices();
        assertThat(Slice.total(slices)).isEqualTo(Allotment.users(after));
        List<Slice> all = new ArrayList<>(slices);
        all.addAll(taken);
        assertThat(Slice.total(Slice.without(List.of(new Slice("", 0, Slice.ALL)), all)))
                .as("no overlaps: %s and %s", slices, taken)
                .isEqualTo(Slice.ALL - Slice.total(all));
        int sum = after.variants().stream().mapToInt(Variant::weight).sum();
        for (Variant variant : after.variants()) {
            List<Slice> had = of(before, variant);
            List<Slice> has = of(after, variant);
            assertThat((double) Slice.total(has))
                    .isBetween(
                            (double) Allotment.users(after) * variant.weight() / sum - 1,
                            (double) Allotment.users(after) * variant.weight() / sum + 1);
            if (after.population() >= before.population()) {
                assertThat(Slice.without(had, has))
                        .as("nobody leaves %s", variant.name())
                        .isEmpty();
            } else {
                assertThat(Slice.without(has, had))
                        .as("nobody comes to %s", variant.name())
                        .isEmpty();
            }
        }
    }

    private static List<Slice> of(ExperimentSpec spec, Variant variant) {
        return spec.state().slices().stream()
                .filter(slice -> slice.variant().equals(variant.name()))
                .toList();
    }
}
