package io.signalbox.dataplane.config;

/**
 * What one HTTP filter is told by a listener or by a route, compiled. What requests share, a bucket of tokens for instance,
 * lives as long as the config does, as in Envoy.
 */
public sealed interface FilterConfig {
    /** Of a route: the filter does nothing there. Envoy: {@code FilterConfig.disabled}, and {@code disabled} of some. */
    record Off() implements FilterConfig {}

    /** Of a route: the filter works there as the listener has it, even if it is switched off elsewhere. */
    record On() implements FilterConfig {}

    /**
     * Keeps a request back until it is complete. Envoy: {@code envoy.filters.http.buffer}.
     *
     * @param maxRequestBytes a body that is longer is answered 413
     */
    record Buffer(long maxRequestBytes) implements FilterConfig {}
}
