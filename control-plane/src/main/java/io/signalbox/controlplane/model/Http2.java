package io.signalbox.controlplane.model;

/**
 * Whether and how clients may speak HTTP/2.
 *
 * @param maxConcurrentStreams requests at a time on one connection
 */
public record Http2(boolean enabled, int maxConcurrentStreams) {
    public static final Http2 DEFAULT = new Http2(true, 100);
}
