package io.signalbox.controlplane.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is changed about the headers of a request or a response. As in Envoy the order is fixed: {@code remove} first, then
 * it is decided by what is there which of the others apply, then {@code set} and its likes are done, then {@code add}.
 * A value may hold {@code %…%}, see docs/headers.md; one that comes out empty changes nothing.
 *
 * @param set in place of all lines of that name
 * @param setIfPresent the same where there is one
 * @param setIfAbsent the same where there is none
 * @param add one more line
 * @param remove names, lower case
 */
public record HeaderChanges(
        List<Value> set, List<Value> setIfPresent, List<Value> setIfAbsent, List<Value> add, List<String> remove) {
    public static final HeaderChanges NONE = new HeaderChanges(List.of(), List.of(), List.of(), List.of(), List.of());

    public HeaderChanges {
        set = List.copyOf(set);
        setIfPresent = List.copyOf(setIfPresent);
        setIfAbsent = List.copyOf(setIfAbsent);
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    /** @param name lower case */
    public record Value(String name, String value) {}

    /** Both. The other has the last word on headers that it sets or removes. */
    HeaderChanges and(HeaderChanges other) {
        Set<String> decided = new HashSet<>(other.remove);
        other.set.forEach(value -> decided.add(value.name));
        return new HeaderChanges(
                both(set, other.set, decided),
                both(setIfPresent, other.setIfPresent, decided),
                both(setIfAbsent, other.setIfAbsent, decided),
                both(add, other.add, decided),
                Stream.concat(remove.stream(), other.remove.stream()).distinct().toList());
    }

    private static List<Value> both(List<Value> first, List<Value> second, Set<String> decided) {
        return Stream.concat(first.stream().filter(value -> !decided.contains(value.name)), second.stream())
                .toList();
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
