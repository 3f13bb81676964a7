package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A set of routes as users write them. */
record Table(List<Entry> routes) {
    Table {
        routes = List.copyOf(routes);
    }

    /**
     * One route.
     *
     * @param spec never changed once it is here
     */
    record Entry(String name, ObjectNode spec) {}

    Table without(int index) {
        List<Entry> fewer = new ArrayList<>(routes);
        fewer.remove(index);
        return new Table(fewer);
    }

    Table with(int index, ObjectNode spec) {
        List<Entry> changed = new ArrayList<>(routes);
        changed.set(index, new Entry(routes.get(index).name(), spec));
        return new Table(changed);
    }
}
