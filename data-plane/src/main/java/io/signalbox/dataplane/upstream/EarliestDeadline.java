package io.signalbox.dataplane.upstream;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

/**
 * Earliest deadline first: each item comes up again after 1/weight, so that its share of picks is its share of the
 * weights. The weight is asked for anew at each pick. This is Envoy's scheduler for unequal weights. Safe for use by any
 * thread.
 */
final class EarliestDeadline<T> {
    private record Entry<T>(double deadline, long order, T item) implements Comparable<Entry<T>> {
        @Override
        public int compareTo(Entry<T> other) {
            int byDeadline = Double.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(order, other.order);
        }
    }

    private final ToDoubleFunction<T> weight;
    private final PriorityQueue<Entry<T>> queue;
    private long order;

    /**
     * @param items at least one
     * @param weight above 0
     * @param start how many picks to skip, so that many proxies do not start in step
     */
    EarliestDeadline(List<T> items, ToDoubleFunction<T> weight, int start) {
        this.weight = weight;
        this.queue = new PriorityQueue<>(items.size());
        for (T item : items) {
            queue.add(new Entry<>(1.0 / weight.applyAsDouble(item), order++, item));
        }
        for (int i = 0; i < start; i++) {
            next();
        }
    }

    synchronized T next() {
        Entry<T> first = queue.remove();
        queue.add(new Entry<>(first.deadline + 1.0 / weight.applyAsDouble(first.item), order++, first.item));
        return first.item;
    }
}
