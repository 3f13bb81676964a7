package io.signalbox.controlplane.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who told something, and when last. Whoever has it guards it. */
final class Reporters {
    private final SortedMap<String, Instant> last = new TreeMap<>();

    /** Reports of one proxy may come in another order than they arrived in. */
    void heard(String node, Instant arrival) {
        last.merge(node, arrival, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** In the order of their ids. */
    List<Reporter> list() {
        List<Reporter> list = new ArrayList<>();
        last.forEach((node, arrival) -> list.add(new Reporter(node, arrival)));
        return list;
    }

    void forgetBefore(Instant oldest) {
        last.values().removeIf(arrival -> arrival.isBefore(oldest));
    }
}
