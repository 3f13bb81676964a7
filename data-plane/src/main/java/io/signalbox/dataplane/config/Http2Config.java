package io.signalbox.dataplane.config;

/**
 * How HTTP/2 is spoken with clients. Envoy: {@code Http2ProtocolOptions}.
 *
 * @param maxConcurrentStreams requests at a time on one connection
 * @param streamWindow bytes of a request's body that a client may send ahead
 * @param connectionWindow the same for all of its requests together
 */
public record Http2Config(int maxConcurrentStreams, int streamWindow, int connectionWindow) {}
