package io.signalbox.dataplane.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Resources by name: the latest of each, and the one in force, which may be an older one. */
final class Warming<T> {
    private final Function<T, String> name;
    private final Map<String, T> latest = new LinkedHashMap<>();
    private final Map<String, T> active = new LinkedHashMap<>();

    Warming(Function<T, String> name) {
        this.name = name;
    }

    void put(T resource) {
        latest.put(name.apply(resource), resource);
    }

    void remove(String name) {
        latest.remove(name);
        active.remove(name);
    }

    /** Puts in force what is warm. */
    void promote(Predicate<T> isWarm) {
        latest.forEach((key, resource) -> {
            if (active.get(key) != resource && isWarm.test(resource)) {
                active.put(key, resource);
            }
        });
    }

    /** Whether the latest of everything is in force. */
    boolean isWarm() {
        return next().isEmpty();
    }

    List<T> latest() {
        return List.copyOf(latest.values());
    }

    List<T> active() {
        return List.copyOf(active.values());
    }

    /** What is to take over when it is warm. */
    List<T> next() {
        return latest.entrySet().stream()
                .filter(e -> active.get(e.getKey()) != e.getValue())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Both, for what they refer to. */
    List<T> all() {
        List<T> all = new ArrayList<>(latest.values());
        all.addAll(active.values());
        return all;
    }
}
