package io.signalbox.routing.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Envoy's ring hash (Ketama): each host has points on a ring, as many as its weight asks for; a hash leads to the next
 * point at or after it. Memory: 12 bytes for each point.
 */
public final class RingHash implements HashTable {
    /** Envoy's default of {@code minimum_ring_size}. */
    public static final long DEFAULT_MINIMUM = 1024;
    /** Envoy's default of {@code maximum_ring_size}, which is also the most it allows. */
    public static final long DEFAULT_MAXIMUM = 8 * 1024 * 1024;

    private static final Comparator<Point> BY_HASH = (a, b) -> Long.compareUnsigned(a.hash, b.hash);

    private final long[] hashes;
    private final int[] hosts;

    private RingHash(List<Point> points) {
        hashes = points.stream().mapToLong(Point::hash).toArray();
        hosts = points.stream().mapToInt(Point::host).toArray();
    }

    private record Point(long hash, int host) {}

    /**
     * @param hosts one at least, in the order of the endpoints' configuration: rounding gives a point more to one or another
     * @param minimumSize points there are at least
     * @param maximumSize points there are at most, give or take one; not below the minimum
     */
    public static RingHash of(List<HashedHost> hosts, long minimumSize, long maximumSize) {
        return ofShares(HashTable.shares(hosts), minimumSize, maximumSize);
    }

    /** As {@link #of}, with parts in place of weights. */
    public static RingHash ofShares(List<Share> hosts, long minimumSize, long maximumSize) {
        if (hosts.isEmpty() || minimumSize < 1 || maximumSize < minimumSize || maximumSize > DEFAULT_MAXIMUM) {
            throw new IllegalArgumentException(
                    hosts.size() + " hosts on a ring of " + minimumSize + " to " + maximumSize + " points");
        }
        double lightest = hosts.stream().mapToDouble(Share::part).min().orElseThrow();
        // As many points as give the lightest host a whole number of them.
        double scale = Math.min(Math.ceil(lightest * minimumSize) / lightest, maximumSize);
        return new RingHash(points(hosts, scale));
    }

    /** The sum runs over all hosts, so that what rounding gave to one host the next ones lack. */
    private static List<Point> points(List<Share> hosts, double scale) {
        List<Point> points = new ArrayList<>((int) scale + 1);
        double wanted = 0;
        for (int host = 0; host < hosts.size(); host++) {
            wanted += scale * hosts.get(host).part();
            String prefix = hosts.get(host).key() + "_";
            for (int i = 0; points.size() < wanted; i++) {
                points.add(new Point(XxHash.of(prefix + i), host));
            }
        }
        points.sort(BY_HASH);
        return points;
    }

    /** How many points the ring has. */
    public int size() {
        return hashes.length;
    }

    @Override
    public int pick(long hash, int attempt) {
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return hosts[(int) ((low + (long) attempt) % hashes.length)];
    }
}
