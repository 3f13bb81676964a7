package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of a layer's users a running experiment gets. Nobody who is in it leaves it or changes variants but when there are to
 * be fewer, and then only those that came last; whoever is to come is taken of those that no other experiment has. Pure.
 */
public final class Allotment {
    private Allotment() {}

    /**
     * @param spec of an experiment that is running, with the slices that it has had
     * @param taken by the others of the layer
     * @return the spec with the slices that it has now; too few where there are no more
     */
    public static ExperimentSpec of(ExperimentSpec spec, List<Slice> taken) {
        List<Slice> kept = new ArrayList<>();
        for (ExperimentSpec.Variant variant : spec.variants()) {
            List<Slice> had = spec.state().slices().stream()
                    .filter(slice -> slice.variant().equals(variant.name()))
                    .toList();
            kept.addAll(Slice.first(Slice.without(had, taken), target(spec, variant)));
        }
        List<Slice> slices = new ArrayList<>(kept);
        for (ExperimentSpec.Variant variant : spec.variants()) {
            int missing = target(spec, variant)
                    - (int) Slice.total(kept.stream()
                            .filter(slice -> slice.variant().equals(variant.name()))
                            .toList());
            List<Slice> all = List.of(new Slice(variant.name(), 0, Slice.ALL));
            slices.addAll(Slice.first(Slice.without(Slice.without(all, taken), slices), missing));
        }
        return spec.withSlices(Slice.joined(slices));
    }

    /** So that the variants' targets add up to the population, none being off by more than one user of a hundred million. */
    private static int target(ExperimentSpec spec, ExperimentSpec.Variant of) {
        long sum = 0;
        long before = 0;
        long after = 0;
        for (ExperimentSpec.Variant variant : spec.variants()) {
            if (variant.equals(of)) {
                before = sum;
                after = sum + variant.weight();
            }
            sum += variant.weight();
        }
        long users = users(spec);
        return (int) (after * users / sum - before * users / sum);
    }

    /** How many a population is. */
    public static long users(ExperimentSpec spec) {
        return (long) spec.population() * Slice.ALL / Slice.MILLION;
    }
}
