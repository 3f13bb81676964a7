package io.signalbox.controlplane.app;

/**
 * Where to listen.
 *
 * @param port 0 for a free one
 */
public record Address(String host, int port) {
    public Address {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(port + " (expected: a port from 0 to 65535)");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
