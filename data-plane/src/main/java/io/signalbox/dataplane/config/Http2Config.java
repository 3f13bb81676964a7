package io.signalbox.dataplane.config;

import java.time.Duration;

/**
 * How HTTP/2 is spoken with clients. Envoy: {@code Http2ProtocolOptions}.
 *
 * @param maxConcurrentStreams requests at a time on one connection
 * @param streamWindow bytes of a request's body that a client may send ahead
 * @param connectionWindow the same for all of its requests together
 * @param drainTimeout how long a client that was told to go may still begin requests. Envoy: {@code drain_timeout}
 */
public record Http2Config(int maxConcurrentStreams, int streamWindow, int connectionWindow, Duration drainTimeout) {}
