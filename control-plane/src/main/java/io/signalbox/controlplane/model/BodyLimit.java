package io.signalbox.controlplane.model;

/**
 * How long the body of a request may be. Envoy: {@code buffer}, which keeps a request back until it is complete.
 *
 * @param bytes what is longer is answered 413 and never sent on
 */
public record BodyLimit(int bytes) {}
