package io.signalbox.controlplane.model;

/**
 * A locality's share of a pool's requests, however many endpoints it has.
 *
 * @param weight against the other localities' weights, 1 to 1,000,000
 */
public record LocalityWeight(Locality locality, int weight) {}
