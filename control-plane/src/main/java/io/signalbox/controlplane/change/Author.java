package io.signalbox.controlplane.change;

/**
 * Who makes a change.
 *
 * @param name the name of the token that the request came with
 */
public record Author(String name) {}
