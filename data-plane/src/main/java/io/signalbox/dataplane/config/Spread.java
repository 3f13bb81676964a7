package io.signalbox.dataplane.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How requests are spread over a cluster's endpoints before load balancing picks one.
 *
 * @param byLocality whether localities take turns by their weights. Envoy: {@code locality_weighted_lb_config}
 * @param subsets whether endpoints are chosen by their labels, too. Envoy: {@code lb_subset_config}
 */
public record Spread(boolean byLocality, Optional<Subsets> subsets) {
    /** All endpoints of a priority alike. */
    public static final Spread NONE = new Spread(false, Optional.empty());

    /**
     * @param fallback for requests whose labels have no selector, or that have no labels
     * @param byDefault the labels that {@link Fallback#DEFAULT} means
     * @param byLocality whether localities have their weights within subsets, too
     */
    public record Subsets(
            Fallback fallback, Map<String, String> byDefault, List<Selector> selectors, boolean byLocality) {
        public Subsets {
            byDefault = Map.copyOf(byDefault);
            selectors = List.copyOf(selectors);
        }

        /** What becomes of a request with these labels when no endpoint has them. */
        public Fallback fallback(Set<String> keys) {
            for (Selector selector : selectors) {
                if (selector.keys().equals(keys)) {
                    return selector.fallback();
                }
            }
            return fallback;
        }
    }

    /** Endpoints that have labels with all of these keys are divided by their values. */
    public record Selector(Set<String> keys, Fallback fallback) {
        public Selector {
            keys = Set.copyOf(keys);
        }
    }

    public enum Fallback {
        NONE,
        ANY,
        DEFAULT
    }
}
