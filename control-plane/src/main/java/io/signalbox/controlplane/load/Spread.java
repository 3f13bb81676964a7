package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shares counts out among the seconds that they were counted in, evenly by time, so that what happened before a moment does
 * not seem to have happened after it. The shares are whole and add up to what was counted.
 */
final class Spread {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Spread() {}

    /** @return by the start of each second that gets any */
    static SortedMap<Instant, Counts> overSeconds(Instant end, Duration covered, Counts counts) {
        SortedMap<Instant, Counts> shares = new TreeMap<>();
        over(end, covered, SECOND, counts.errors(), counts.requests() - counts.errors())
                .forEach((second, share) -> shares.put(second, new Counts(share.get(0) + share.get(1), share.get(0))));
        return shares;
    }

    /**
     * @param length of what is shared among: whole seconds, which begin at its multiples
     * @param counts each of which is shared out by itself
     * @return by the start of each that gets any
     */
    static SortedMap<Instant, List<Long>> over(Instant end, Duration covered, Duration length, long... counts) {
        SortedMap<Instant, List<Long>> shares = new TreeMap<>();
        Instant start = end.minus(covered);
        long[] given = new long[counts.length];
        for (Instant slot = floor(start, length); slot.isBefore(end); ) {
            Instant next = slot.plus(length);
            double part =
                    next.isBefore(end) ? (double) Duration.between(start, next).toNanos() / covered.toNanos() : 1;
            long[] share = new long[counts.length];
            for (int i = 0; i < counts.length; i++) {
                long soFar = (long) (counts[i] * part);
                share[i] = soFar - given[i];
                given[i] = soFar;
            }
            if (Arrays.stream(share).anyMatch(count -> count > 0)) {
                shares.put(slot, Arrays.stream(share).boxed().toList());
            }
            slot = next;
        }
        return shares;
    }

    private static Instant floor(Instant instant, Duration length) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }
}
