package io.signalbox.dataplane.config;

import java.util.List;

/** The filters of a listener in their order, but for the router, which is the last of every listener. */
public record HttpFilters(List<Entry> entries) {
    public HttpFilters {
        entries = List.copyOf(entries);
    }

    /**
     * One filter.
     *
     * @param name under which routes have configs for it
     * @param onDemand whether it does nothing but where a route has a config for it
     */
    public record Entry(String name, FilterConfig config, boolean onDemand) {}

    /** Whether requests whose route says nothing about filters pass none. */
    public boolean areOnDemand() {
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).onDemand()) {
                return false;
            }
        }
        return true;
    }
}
