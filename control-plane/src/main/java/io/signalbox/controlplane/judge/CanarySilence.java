package io.signalbox.controlplane.judge;

import java.util.List;
import java.util.Optional;

/**
 * That nothing ends on the canary any more, or never did, though requests end on the stable pool. Proxies count only what a
 * server was asked for, so a pool without a healthy one is silent and not bad: what went well before it fell silent says nothing of
 * it. Whether no traffic came or no server was there to take it the counts do not tell, so it is evidence neither way. Pure.
 */
public final class CanarySilence {
    /** With so many to be expected there would be none twice in 1,000,000,000 times, if each came by itself. */
    private static final long ENOUGH = 20;
    /** Proxies report each second, not all at the same moment, and take a moment to hear of a new share. */
    private static final int FEWEST_INTERVALS = 5;

    private CanarySilence() {}

    /**
     * How many requests should have ended since is taken from how many did before, not from the share: the stable pool may have
     * requests of other routes as well, and who goes to the canary may be up to somebody else.
     *
     * @param intervals of a step at which the canary has a share, one after the other
     */
    public static Optional<Finding> of(List<Interval> intervals) {
        int end = intervals.size();
        while (end > 0 && intervals.get(end - 1).canary().requests() == 0) {
            end--;
        }
        Outcomes canary = Outcomes.NONE;
        Outcomes stable = Outcomes.NONE;
        for (Interval interval : intervals.subList(0, end)) {
            canary = canary.plus(interval.canary());
            stable = stable.plus(interval.stable());
        }
        long since = intervals.subList(end, intervals.size()).stream()
                .mapToLong(interval -> interval.stable().requests())
                .sum();
        boolean isLong = intervals.size() - end >= FEWEST_INTERVALS;
        boolean isSilent = end == 0 ? since >= ENOUGH : isMissed(canary.requests(), stable.requests(), since);
        return isLong && isSilent ? Optional.of(finding(end == 0, since)) : Optional.empty();
    }

    private static boolean isMissed(long canary, long stable, long since) {
        return canary >= ENOUGH && stable > 0 && (double) since * canary / stable >= ENOUGH;
    }

    private static Finding finding(boolean isFromTheStart, long since) {
        return new Finding(
                Verdict.INCONCLUSIVE,
                "the canary is silent: " + since + " requests have ended on the stable pool "
                        + (isFromTheStart ? "and none on the canary" : "since the last one on the canary")
                        + ", which no request reaches or which has no healthy server");
    }
}
