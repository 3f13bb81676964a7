package io.signalbox.dataplane.upstream;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

/**
 * Earliest deadline first: each host comes up again after 1/weight, so that its share of picks is its share of the
 * weights. The weight is asked for anew at each pick. This is Envoy's scheduler for unequal weights.
 */
final class EarliestDeadline implements LoadBalancer {
    private record Entry(double deadline, long order, WeightedHost host) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byDeadline = Double.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(order, other.order);
        }
    }

    private final ToDoubleFunction<WeightedHost> weight;
    private final PriorityQueue<Entry> queue;
    private double now;
    private long order;

    /** @param start how many picks to skip, so that many proxies do not start in step */
    EarliestDeadline(List<WeightedHost> hosts, ToDoubleFunction<WeightedHost> weight, int start) {
        this.weight = weight;
        this.queue = new PriorityQueue<>(hosts.size());
        for (WeightedHost host : hosts) {
            queue.add(new Entry(1.0 / weight.applyAsDouble(host), order++, host));
        }
        for (int i = 0; i < start; i++) {
            next();
        }
    }

    @Override
    public synchronized Host pick() {
        return next();
    }

    private Host next() {
        Entry first = queue.remove();
        now = first.deadline;
        queue.add(new Entry(now + 1.0 / weight.applyAsDouble(first.host), order++, first.host));
        return first.host.host();
    }
}
