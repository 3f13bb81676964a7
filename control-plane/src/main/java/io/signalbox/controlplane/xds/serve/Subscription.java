package io.signalbox.controlplane.xds.serve;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which resources of one type a stream asked for. Envoy: "xDS protocol", section "How the client specifies what
 * resources to return".
 */
final class Subscription {
    static final String WILDCARD = "*";

    private final Set<String> names = new HashSet<>();
    private boolean wildcard;
    private boolean everNamed;
    private int edits;

    boolean covers(String name) {
        return wildcard || names.contains(name);
    }

    boolean wildcard() {
        return wildcard;
    }

    boolean names(String name) {
        return names.contains(name);
    }

    boolean isEmpty() {
        return !wildcard && names.isEmpty();
    }

    /** Grows with every change. */
    int edits() {
        return edits;
    }

    /** The first request of some types may mean everything by naming nothing. */
    void startWithEverything() {
        wildcard = true;
        edits++;
    }

    void add(String name) {
        everNamed = true;
        edits++;
        if (name.equals(WILDCARD)) {
            wildcard = true;
        } else {
            names.add(name);
        }
    }

    void remove(String name) {
        edits++;
        if (name.equals(WILDCARD)) {
            wildcard = false;
        } else {
            names.remove(name);
        }
    }

    /** What a SotW request leaves out of its list; nothing as long as the stream never named anything. */
    Set<String> droppedBy(Collection<String> listed) {
        Set<String> dropped = new HashSet<>();
        if (listed.isEmpty() && !everNamed) {
            return dropped;
        }
        Set<String> kept = new HashSet<>(listed);
        names.stream().filter(name -> !kept.contains(name)).forEach(dropped::add);
        if (wildcard && !kept.contains(WILDCARD)) {
            dropped.add(WILDCARD);
        }
        return dropped;
    }
}
