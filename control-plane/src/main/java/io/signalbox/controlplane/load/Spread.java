package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shares counts out among the seconds that they were counted in, evenly by time, so that what happened before a moment does
 * not seem to have happened after it. The shares are whole and add up to what was counted.
 */
final class Spread {
    private Spread() {}

    /** @return by the start of each second that gets any */
    static SortedMap<Instant, Counts> overSeconds(Instant end, Duration covered, Counts counts) {
        SortedMap<Instant, Counts> shares = new TreeMap<>();
        Instant start = end.minus(covered);
        long errors = 0;
        long successes = 0;
        for (Instant second = start.truncatedTo(ChronoUnit.SECONDS); second.isBefore(end); ) {
            Instant next = second.plusSeconds(1);
            double part =
                    next.isBefore(end) ? (double) Duration.between(start, next).toNanos() / covered.toNanos() : 1;
            long errorsSoFar = (long) (counts.errors() * part);
            long successesSoFar = (long) ((counts.requests() - counts.errors()) * part);
            long of = errorsSoFar - errors;
            Counts share = new Counts(successesSoFar - successes + of, of);
            if (!share.isZero()) {
                shares.put(second, share);
            }
            errors = errorsSoFar;
            successes = successesSoFar;
            second = next;
        }
        return shares;
    }
}
