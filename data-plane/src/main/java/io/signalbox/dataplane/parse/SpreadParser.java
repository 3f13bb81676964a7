package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector;
import io.signalbox.dataplane.config.Spread;
import io.signalbox.dataplane.config.Spread.Fallback;
import io.signalbox.dataplane.config.Spread.Selector;
import io.signalbox.dataplane.config.Spread.Subsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Locality weights and subsets. */
final class SpreadParser {
    private SpreadParser() {}

    static Spread parse(Cluster proto) throws InvalidResource {
        return new Spread(
                proto.getCommonLbConfig().hasLocalityWeightedLbConfig(),
                proto.hasLbSubsetConfig() ? Optional.of(subsets(proto.getLbSubsetConfig())) : Optional.empty());
    }

    private static Subsets subsets(LbSubsetConfig proto) throws InvalidResource {
        Fallback fallback = switch (proto.getFallbackPolicy()) {
            case NO_FALLBACK -> Fallback.NONE;
            case ANY_ENDPOINT -> Fallback.ANY;
            case DEFAULT_SUBSET -> Fallback.DEFAULT;
            case UNRECOGNIZED -> throw new InvalidResource("lb_subset_config.fallback_policy is not known");
        };
        List<Selector> selectors = new ArrayList<>();
        for (int i = 0; i < proto.getSubsetSelectorsCount(); i++) {
            selectors.add(
                    selector("lb_subset_config.subset_selectors[" + i + "]", proto.getSubsetSelectors(i), fallback));
        }
        return new Subsets(
                fallback,
                LabelsParser.parse("lb_subset_config.default_subset", proto.getDefaultSubset()),
                selectors,
                proto.getLocalityWeightAware());
    }

    private static Selector selector(String at, LbSubsetSelector proto, Fallback outer) throws InvalidResource {
        if (proto.getKeysCount() == 0) {
            throw new InvalidResource(at + ".keys is required");
        }
        return new Selector(
                new HashSet<>(proto.getKeysList()),
                switch (proto.getFallbackPolicy()) {
                    case NOT_DEFINED -> outer;
                    case NO_FALLBACK -> Fallback.NONE;
                    case ANY_ENDPOINT -> Fallback.ANY;
                    case DEFAULT_SUBSET -> Fallback.DEFAULT;
                    case KEYS_SUBSET, UNRECOGNIZED ->
                        throw new InvalidResource(
                                at + ".fallback_policy: " + proto.getFallbackPolicy() + " is not supported");
                });
    }
}
