package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.Slice;
import java.util.List;
import java.util.Optional;

/**
 * An experiment that is running on a route.
 *
 * @param name of the resource
 * @param layer the same for all on one route
 * @param slices whose numbers no other of the layer has
 * @param cookie that forces a variant
 * @param counted of how many of those who come again the requests are counted apart, in millionths
 */
public record ResolvedExperiment(
        String name, String layer, List<Variant> variants, List<Slice> slices, Optional<String> cookie, int counted) {
    public ResolvedExperiment {
        variants = List.copyOf(variants);
        slices = List.copyOf(slices);
    }

    List<String> pools() {
        return variants.stream().flatMap(variant -> variant.pool().stream()).toList();
    }

    public Variant variant(String of) {
        return variants.stream()
                .filter(variant -> variant.name().equals(of))
                .findFirst()
                .orElseThrow();
    }
}
