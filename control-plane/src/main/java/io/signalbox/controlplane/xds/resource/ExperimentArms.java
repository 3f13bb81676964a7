package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ResolvedExperiment;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the users of experiments go. Servers are told of the variant by a header, which whoever is in no experiment does not
 * have, whatever the client says.
 */
final class ExperimentArms {
    static final String EXPOSURE = "x-experiment";

    private static final HeaderEdits NOT_EXPOSED = new HeaderEdits(
            new HeaderChanges(List.of(), List.of(), List.of(), List.of(), List.of(EXPOSURE)), HeaderChanges.NONE);

    /** A slice, or what lies between two of them. */
    private record Part(int size, List<WeightedPool> pools) {}

    private ExperimentArms() {}

    /** Those of one variant, by chance where the route sends to several pools. */
    static List<WeightedPool> forced(List<WeightedPool> pools, ResolvedExperiment experiment, Variant variant) {
        return variant.pool().map(pool -> List.of(new WeightedPool(pool, 1))).orElse(pools).stream()
                .map(pool -> pool.edited(exposing(experiment, variant)))
                .toList();
    }

    /**
     * In the order of users' numbers.
     *
     * @param total what their weights add up to, whatever there is
     */
    static List<WeightedPool> divided(List<WeightedPool> pools, List<ResolvedExperiment> experiments, int total) {
        List<WeightedPool> others =
                pools.stream().map(pool -> pool.edited(NOT_EXPOSED)).toList();
        record Owned(ResolvedExperiment experiment, Slice slice) {}
        List<Owned> inOrder = experiments.stream()
                .flatMap(each -> each.slices().stream().map(slice -> new Owned(each, slice)))
                .sorted(Comparator.comparingInt(owned -> owned.slice.from()))
                .toList();
        List<Part> parts = new ArrayList<>();
        int end = 0;
        for (Owned owned : inOrder) {
            Variant variant = owned.experiment.variant(owned.slice.variant());
            int from = scaled(owned.slice.from(), total);
            parts.add(new Part(from - end, others));
            end = scaled(owned.slice.to(), total);
            parts.add(new Part(end - from, forced(pools, owned.experiment, variant)));
        }
        parts.add(new Part(total - end, others));
        return parts.stream()
                .filter(part -> part.size > 0)
                .flatMap(ExperimentArms::arms)
                .toList();
    }

    private static int scaled(int number, int total) {
        return (int) ((long) number * total / Slice.ALL);
    }

    /** Divides it among pools, exactly but for one user of a hundred million. */
    private static Stream<WeightedPool> arms(Part part) {
        long sum = part.pools.stream().mapToLong(WeightedPool::weight).sum();
        List<WeightedPool> arms = new ArrayList<>();
        long before = 0;
        for (WeightedPool pool : part.pools) {
            long after = before + pool.weight();
            int weight = (int) (after * part.size / sum - before * part.size / sum);
            arms.add(pool.withWeight(weight));
            before = after;
        }
        return arms.stream();
    }

    private static HeaderEdits exposing(ResolvedExperiment experiment, Variant variant) {
        HeaderChanges.Value exposure = new HeaderChanges.Value(EXPOSURE, experiment.name() + "=" + variant.name());
        HeaderChanges exposed = new HeaderChanges(List.of(exposure), List.of(), List.of(), List.of(), List.of());
        return variant.headers().and(new HeaderEdits(exposed, HeaderChanges.NONE));
    }
}
