package io.signalbox.controlplane.load;

import java.time.Instant;

/** One minute of one pool, as one proxy saw it. */
public record NodeMinute(String pool, Instant start, String node) {
    /** @param inProgress the most that a report of this minute told of */
    public record Load(Counts counts, long inProgress) {
        Load plus(Load other) {
            return new Load(counts.plus(other.counts), Math.max(inProgress, other.inProgress));
        }
    }
}
