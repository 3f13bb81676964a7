package io.signalbox.controlplane.alert;

import java.time.Duration;

/**
 * When to try again: 5 seconds after the first failure, then each time after twice as long, at most 10 minutes; and no more
 * when the alert is a day old. The same for everybody, as there are few senders and few alerts. Pure.
 */
final class BackOff {
    /** From the revision on. */
    static final Duration GIVES_UP_AFTER = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** More would be longer than the longest in any case. */
    private static final int MOST_DOUBLINGS = 20;

    private BackOff() {}

    /** @param attempts that failed, at least 1 */
    static Duration after(int attempts) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
