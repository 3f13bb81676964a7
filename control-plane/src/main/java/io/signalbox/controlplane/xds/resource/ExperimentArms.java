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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the users of experiments go. Servers are told of the variant by a header, which whoever is in no experiment does not
 * have, whatever the client says.
 */
final class ExperimentArms {
    static final String EXPOSURE = "x-experiment";

    private static final HeaderEdits NOT_EXPOSED = new HeaderEdits(
            new HeaderChanges(List.of(), List.of(), List.of(), List.of(), List.of(EXPOSURE)), HeaderChanges.NONE);

    /**
     * @param exposure of whoever goes there, unless they are in no experiment
     * @param counted of how many of those who come again the requests are counted apart, in millionths
     */
    record Arm(WeightedPool pool, Optional<Exposure> exposure, int counted) {
        private Arm withWeight(int weight) {
            return new Arm(pool.withWeight(weight), exposure, counted);
        }

        private Arm withCounted(int other) {
            return new Arm(pool, exposure, other);
        }
    }

    /** A slice, or what lies between two of them. */
    private record Part(int size, List<Arm> arms) {}

    private ExperimentArms() {}

    /** Those of one variant, by chance where the route sends to several pools. */
    static List<Arm> forced(List<WeightedPool> pools, ResolvedExperiment experiment, Variant variant) {
        Exposure exposure = new Exposure(experiment.name(), variant.name());
        HeaderEdits edits = variant.headers().and(told(exposure));
        return variant.pool().map(pool -> List.of(new WeightedPool(pool, 1))).orElse(pools).stream()
                .map(pool -> new Arm(pool.edited(edits), Optional.of(exposure), experiment.counted()))
                .toList();
    }

    /**
     * In the order of users' numbers.
     *
     * @param total what their weights add up to, whatever there is
     */
    static List<Arm> divided(List<WeightedPool> pools, List<ResolvedExperiment> experiments, int total) {
        List<Arm> others = pools.stream()
                .map(pool -> new Arm(pool.edited(NOT_EXPOSED), Optional.empty(), 0))
                .toList();
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

    /**
     * The same for those who come again, each arm in two where not all of them are counted, of which one counts none and one
     * all. What most go to comes first: a proxy looks at one after the other.
     */
    static List<Arm> again(List<Arm> divided) {
        return divided.stream().flatMap(ExperimentArms::byCounted).toList();
    }

    private static Stream<Arm> byCounted(Arm arm) {
        int weight = arm.pool.weight();
        int counted = (int) ((long) weight * arm.counted / Slice.MILLION);
        return Stream.of(
                        arm.withWeight(weight - counted).withCounted(0),
                        arm.withWeight(counted).withCounted(Slice.MILLION))
                .filter(part -> part.pool.weight() > 0 || weight == 0 && part.counted > 0);
    }

    private static int scaled(int number, int total) {
        return (int) ((long) number * total / Slice.ALL);
    }

    /** Divides it among pools, exactly but for one user of a hundred million. */
    private static Stream<Arm> arms(Part part) {
        long sum = part.arms.stream().mapToLong(arm -> arm.pool().weight()).sum();
        List<Arm> arms = new ArrayList<>();
        long before = 0;
        for (Arm arm : part.arms) {
            long after = before + arm.pool().weight();
            arms.add(arm.withWeight((int) (after * part.size / sum - before * part.size / sum)));
            before = after;
        }
        return arms.stream();
    }

    private static HeaderEdits told(Exposure exposure) {
        HeaderChanges.Value header = new HeaderChanges.Value(EXPOSURE, exposure.header());
        return new HeaderEdits(
                new HeaderChanges(List.of(header), List.of(), List.of(), List.of(), List.of()), HeaderChanges.NONE);
    }
}
