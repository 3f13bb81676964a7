package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * HTTP/3 beside the others, over QUIC on the UDP port of the same number.
 *
 * @param advertisedPort where clients reach it; empty for the listener's own port
 */
public record Http3(Optional<Integer> advertisedPort) {}
