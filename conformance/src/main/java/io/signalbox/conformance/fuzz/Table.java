package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A set of routes as users write them, and what they say of hosts as a whole. */
record Table(List<Entry> routes, List<Entry> virtualHosts) {
    Table {
        routes = List.copyOf(routes);
        virtualHosts = List.copyOf(virtualHosts);
    }

    /**
     * One resource.
     *
     * @param kind {@code route} or {@code virtual-host}
     * @param spec never changed once it is here
     */
    record Entry(String kind, String name, ObjectNode spec) {
        static Entry route(String name, ObjectNode spec) {
            return new Entry("route", name, spec);
        }

        static Entry virtualHost(String name, ObjectNode spec) {
            return new Entry("virtual-host", name, spec);
        }

        Entry with(ObjectNode other) {
            return new Entry(kind, name, other);
        }
    }

    /** Virtual hosts first. */
    List<Entry> all() {
        return Stream.concat(virtualHosts.stream(), routes.stream()).toList();
    }

    private static Table of(List<Entry> all) {
        return new Table(
                all.stream().filter(entry -> entry.kind().equals("route")).toList(),
                all.stream().filter(entry -> !entry.kind().equals("route")).toList());
    }

    /** @param index into {@link #all} */
    Table without(int index) {
        List<Entry> fewer = new ArrayList<>(all());
        fewer.remove(index);
        return of(fewer);
    }

    /** @param index into {@link #all} */
    Table with(int index, ObjectNode spec) {
        List<Entry> changed = new ArrayList<>(all());
        changed.set(index, changed.get(index).with(spec));
        return of(changed);
    }
}
