package io.signalbox.cli.quickstart;

import io.signalbox.local.RawResponse;

/**
 * An answer that came through a proxy.
 *
 * @param server the echo server that answered, {@code search-2}; empty when the proxy did by itself
 */
record EdgeAnswer(int status, String server, String body) {
    static EdgeAnswer of(RawResponse response) {
        return new EdgeAnswer(response.status(), response.backend().orElse(""), response.text());
    }

    /** The pool of the server that answered; empty when none did. */
    String pool() {
        return server.isEmpty() ? "" : server.substring(0, server.lastIndexOf('-'));
    }
}
