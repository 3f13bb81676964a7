package io.signalbox.dataplane.upstream;

import java.util.List;
import java.util.OptionalLong;

/** Localities in turn by their weights, and in each one by load balancing. Envoy: "Locality weighted load balancing". */
final class ByLocality implements LoadBalancer {
    /** @param weight above 0 */
    record Part(double weight, LoadBalancer hosts) {}

    private final EarliestDeadline<Part> turns;

    ByLocality(List<Part> parts, int start) {
        this.turns = new EarliestDeadline<>(parts, Part::weight, start);
    }

    @Override
    public Host pick(OptionalLong hash) {
        return turns.next().hosts().pick(hash);
    }
}
