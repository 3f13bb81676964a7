package io.signalbox.controlplane.load;

import java.time.Instant;

/** One second of one pool, over all proxies. */
public record PoolSecond(String pool, Instant start) {}
