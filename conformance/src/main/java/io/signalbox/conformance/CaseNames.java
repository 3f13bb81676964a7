package io.signalbox.conformance;

import java.util.HashSet;
import java.util.Set;

/**
 * The names that a case file gives, which the rest of it may use. Filled while it is read.
 *
 * @param ownBackends those that it describes, which are counted
 */
record CaseNames(
        Set<String> pools,
        Set<String> backends,
        Set<String> ownBackends,
        Set<String> certificates,
        Set<String> listeners) {
    CaseNames() {
        this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    /** Notes a fault unless the name is one of these. */
    static void check(Node node, String field, String name, Set<String> names) {
        if (!names.contains(name)) {
            node.fault(
                    field,
                    name + " (expected: one of " + names.stream().sorted().toList() + ")");
        }
    }
}
