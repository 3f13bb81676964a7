package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a stream's proxy holds of one type, told as what it should hold and the exceptions from it, so that a proxy that
 * is up to date costs next to nothing.
 */
final class Holdings {
    private TypeSnapshot target;
    private final SortedMap<String, Held> unsettled = new TreeMap<>();
    private final Set<String> owed = new HashSet<>();

    Holdings(TypeSnapshot target) {
        this.target = target;
    }

    /** What the proxy should hold of that to which it is subscribed. */
    TypeSnapshot target() {
        return target;
    }

    Optional<EncodedResource> wanted(String name) {
        return target.find(name);
    }

    /** @param covered whether the proxy is subscribed to the name */
    Held held(String name, boolean covered) {
        Held exception = unsettled.get(name);
        if (exception != null) {
            return exception;
        }
        return covered ? Held.of(target.find(name)) : Held.NOTHING;
    }

    /** The names of which the proxy does not hold, or may not hold, what it should, or of which it waits for an answer. */
    SortedMap<String, Held> unsettled() {
        return Collections.unmodifiableSortedMap(unsettled);
    }

    /** Whether the proxy waits for an answer about the name even if nothing about it changed. */
    boolean owes(String name) {
        return owed.contains(name);
    }

    boolean owesAnything() {
        return !owed.isEmpty();
    }

    /** For a wildcard subscription: whether the proxy certainly holds some resource. */
    boolean holdsAnything() {
        return unsettled.values().stream().anyMatch(held -> held != Held.NOTHING)
                || target.names().stream().anyMatch(name -> !unsettled.containsKey(name));
    }

    /** All that the proxy is known to hold. */
    List<EncodedResource> contents(Predicate<String> covered) {
        List<EncodedResource> contents = new ArrayList<>();
        target.resources().stream()
                .filter(r -> covered.test(r.name()) && !unsettled.containsKey(r.name()))
                .forEach(contents::add);
        unsettled.values().forEach(held -> held.content().ifPresent(contents::add));
        return contents;
    }

    void retarget(Snapshot snapshot, Predicate<String> covered) {
        for (String name : snapshot.changedSince(target)) {
            if (covered.test(name)) {
                unsettled.putIfAbsent(name, Held.of(target.find(name)));
            }
        }
        target = snapshot.type(target.type());
    }

    void set(String name, Held held) {
        unsettled.put(name, held);
    }

    void owe(String name) {
        unsettled.putIfAbsent(name, Held.of(target.find(name)));
        owed.add(name);
    }

    void answered(String name) {
        owed.remove(name);
    }

    void drop(String name) {
        unsettled.remove(name);
        owed.remove(name);
    }

    void dropAll(Predicate<String> which) {
        unsettled.keySet().removeIf(which);
        owed.removeIf(which);
    }

    /** Forgets the exceptions that no longer are. */
    void settle(Predicate<String> inFlight) {
        unsettled
                .entrySet()
                .removeIf(e -> !owed.contains(e.getKey())
                        && !inFlight.test(e.getKey())
                        && e.getValue().is(target.find(e.getKey())));
    }
}
