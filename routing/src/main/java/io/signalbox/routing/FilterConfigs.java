package io.signalbox.routing;

import com.google.protobuf.Any;
import java.util.HashMap;
import java.util.Map;

/**
 * What the HTTP filters are told by the levels of configuration that a route stands in: of each filter, by its name, what
 * the most specific level says. Nothing here decides anything; it is handed on with the decision.
 */
public final class FilterConfigs {
    static final FilterConfigs NONE = new FilterConfigs(Map.of());

    private final Map<String, Object> byFilter;

    private FilterConfigs(Map<String, Object> byFilter) {
        this.byFilter = Map.copyOf(byFilter);
    }

    /** Makes of one filter's config, once, what its requests are to find. */
    @FunctionalInterface
    public interface Reader {
        /** Leaves the configs as they are. */
        Reader AS_IS = (filter, config) -> config;

        /**
         * @param filter its name in the listener's chain
         * @throws InvalidFilterConfig when the route configuration is to be refused for it
         */
        Object read(String filter, Any config) throws InvalidFilterConfig;

        /**
         * What counts on a level that says something itself.
         *
         * @param outer what the levels around it come to
         * @param inner what the level says, both as read
         */
        default Object within(Object outer, Object inner) {
            return inner;
        }
    }

    /** What is wrong with a filter's config. */
    public static final class InvalidFilterConfig extends Exception {
        public InvalidFilterConfig(String problem) {
            super(problem);
        }
    }

    /** By the filter's name, what the reader made; empty for most routes. */
    public Map<String, Object> byFilter() {
        return byFilter;
    }

    /** With what a level within this one says. */
    FilterConfigs within(Map<String, Any> configs, Reader reader, Field field) throws InvalidRouteConfiguration {
        if (configs.isEmpty()) {
            return this;
        }
        Map<String, Object> merged = new HashMap<>(byFilter);
        for (Map.Entry<String, Any> config : configs.entrySet()) {
            try {
                merged.merge(config.getKey(), reader.read(config.getKey(), config.getValue()), reader::within);
            } catch (InvalidFilterConfig e) {
                throw field.child("typed_per_filter_config", config.getKey()).invalid(String.valueOf(e.getMessage()));
            }
        }
        return new FilterConfigs(merged);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilterConfigs that && byFilter.equals(that.byFilter);
    }

    @Override
    public int hashCode() {
        return byFilter.hashCode();
    }

    @Override
    public String toString() {
        return byFilter.toString();
    }
}
