package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetFallbackPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector.LbSubsetSelectorFallbackPolicy;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.Subsets.Fallback;
import java.util.Optional;

/**
 * Choice among endpoints by labels. A pool's fallback is that of each selector, for requests whose labels nobody has;
 * requests whose route asks for no labels fall to the cluster's own fallback policy, any endpoint.
 */
final class Subsets {
    private static final String LOAD_BALANCING = "envoy.lb";

    private Subsets() {}

    /** Empty for no labels. */
    static Optional<Metadata> metadata(Labels labels) {
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of(Metadata.newBuilder()
                        .putFilterMetadata(LOAD_BALANCING, struct(labels))
                        .build());
    }

    private static Struct struct(Labels labels) {
        Struct.Builder struct = Struct.newBuilder();
        labels.values()
                .forEach((key, value) -> struct.putFields(
                        key, Value.newBuilder().setStringValue(value).build()));
        return struct.build();
    }

    /** @param byLocality whether localities have weights, which then hold within subsets, too */
    static LbSubsetConfig config(io.signalbox.controlplane.model.Subsets subsets, boolean byLocality) {
        LbSubsetConfig.Builder config = LbSubsetConfig.newBuilder()
                .setFallbackPolicy(LbSubsetFallbackPolicy.ANY_ENDPOINT)
                .setLocalityWeightAware(byLocality);
        if (subsets.fallback() instanceof Fallback.Subset subset) {
            config.setDefaultSubset(struct(subset.labels()));
        }
        subsets.by()
                .forEach(keys -> config.addSubsetSelectors(
                        LbSubsetSelector.newBuilder().addAllKeys(keys).setFallbackPolicy(policy(subsets.fallback()))));
        return config.build();
    }

    private static LbSubsetSelectorFallbackPolicy policy(Fallback fallback) {
        if (fallback instanceof Fallback.Subset) {
            return LbSubsetSelectorFallbackPolicy.DEFAULT_SUBSET;
        }
        return fallback instanceof Fallback.Any
                ? LbSubsetSelectorFallbackPolicy.ANY_ENDPOINT
                : LbSubsetSelectorFallbackPolicy.NO_FALLBACK;
    }
}
