package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A set of routes as users write them, what they say of hosts as a whole, and what divides the routes' requests. */
record Table(List<Entry> routes, List<Entry> virtualHosts, List<Entry> divisions) {
    private static final Set<String> DIVIDING = Set.of("canary", "experiment");

    Table {
        routes = List.copyOf(routes);
        virtualHosts = List.copyOf(virtualHosts);
        divisions = List.copyOf(divisions);
    }

    /**
     * One resource.
     *
     * @param kind {@code route}, {@code virtual-host}, {@code canary} or {@code experiment}
     * @param spec never changed once it is here
     * @param actions what is done with it once it is there, as the API has it: {@code start}
     */
    record Entry(String kind, String name, ObjectNode spec, List<String> actions) {
        Entry {
            actions = List.copyOf(actions);
        }

        static Entry route(String name, ObjectNode spec) {
            return new Entry("route", name, spec, List.of());
        }

        static Entry virtualHost(String name, ObjectNode spec) {
            return new Entry("virtual-host", name, spec, List.of());
        }

        Entry with(ObjectNode other) {
            return new Entry(kind, name, other, actions);
        }

        boolean divides() {
            return DIVIDING.contains(kind);
        }

        /** Those whose requests it divides, by name; empty for all that it can be for. */
        List<String> routes() {
            List<String> routes = new ArrayList<>();
            spec.path("routes").forEach(route -> routes.add(route.asText()));
            return routes;
        }

        private Entry withRoutes(List<String> names) {
            ObjectNode changed = spec.deepCopy();
            ArrayNode array = changed.putArray("routes");
            names.forEach(array::add);
            return with(changed);
        }

        private Entry without(String route) {
            return withRoutes(
                    routes().stream().filter(name -> !name.equals(route)).toList());
        }

        /** The same under another name, and with the routes that it names under others. */
        Entry renamed(UnaryOperator<String> change) {
            Entry same = routes().isEmpty()
                    ? this
                    : withRoutes(routes().stream().map(change).toList());
            return new Entry(kind, change.apply(name), same.spec, actions);
        }
    }

    /** Virtual hosts first. */
    List<Entry> all() {
        return Stream.of(virtualHosts.stream(), routes.stream(), divisions.stream())
                .flatMap(entries -> entries)
                .toList();
    }

    private static Table of(List<Entry> all) {
        return new Table(
                all.stream().filter(entry -> entry.kind().equals("route")).toList(),
                all.stream()
                        .filter(entry -> entry.kind().equals("virtual-host"))
                        .toList(),
                all.stream().filter(Entry::divides).toList());
    }

    /**
     * Without what names a route that is no more, and nothing else.
     *
     * @param index into {@link #all}
     */
    Table without(int index) {
        List<Entry> fewer = new ArrayList<>(all());
        String gone = fewer.remove(index).name();
        fewer.removeIf(entry -> entry.divides() && entry.routes().equals(List.of(gone)));
        fewer.replaceAll(entry -> entry.divides() && entry.routes().contains(gone) ? entry.without(gone) : entry);
        return of(fewer);
    }

    /** @param index into {@link #all} */
    Table with(int index, ObjectNode spec) {
        List<Entry> changed = new ArrayList<>(all());
        changed.set(index, changed.get(index).with(spec));
        return of(changed);
    }
}
