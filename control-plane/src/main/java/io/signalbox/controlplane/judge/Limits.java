package io.signalbox.controlplane.judge;

/**
 * What is asked of a canary: of its rate of errors, or of slow answers. Rates are parts of 1.
 *
 * @param minimumRequests how many must have ended on the canary before anything good is said of it
 * @param tolerance an increase of the rate over the stable pool's that does not matter
 * @param ceiling the rate that it must not exceed whatever the stable pool does; 1 for none
 * @param falseAlarm the probability that a canary that is no worse than the stable pool, and not above the ceiling, is ever
 *     found bad
 * @param miss the probability that one that is worse by the tolerance or more is ever found good
 */
public record Limits(long minimumRequests, double tolerance, double ceiling, double falseAlarm, double miss) {}
