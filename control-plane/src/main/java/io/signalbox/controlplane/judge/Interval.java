package io.signalbox.controlplane.judge;

/** What ended on the canary and, at the same time, on the stable pool. */
public record Interval(Outcomes canary, Outcomes stable) {}
