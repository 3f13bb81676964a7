package io.signalbox.controlplane.model;

/**
 * A header ahead of all else in which a proxy in front says who connects.
 *
 * @param optional whether connections without one are taken too
 */
public record ProxyProtocol(boolean optional) {}
