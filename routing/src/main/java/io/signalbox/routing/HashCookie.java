package io.signalbox.routing;

import io.signalbox.routing.balance.XxHash;
import java.util.List;

/**
 * A cookie that is given to clients who come without it, so that they come back to the same host. Its value is a hash of
 * the connection's two addresses: all requests of one connection are given the same.
 *
 * @param maxAgeSeconds 0 lasts as long as the browser
 * @param attributes {@code name=value}, or a name alone
 */
record HashCookie(long maxAgeSeconds, String path, List<String> attributes) {
    HashCookie {
        attributes = List.copyOf(attributes);
    }

    String value(ConnectionView connection) {
        return String.format("%016x", XxHash.of(connection.remoteAddress() + connection.localAddress()));
    }

    String line(String name, ConnectionView connection) {
        StringBuilder line =
                new StringBuilder(name).append("=\"").append(value(connection)).append('"');
        if (maxAgeSeconds > 0) {
            line.append("; Max-Age=").append(maxAgeSeconds);
        }
        if (!path.isEmpty()) {
            line.append("; Path=").append(path);
        }
        attributes.forEach(attribute -> line.append("; ").append(attribute));
        return line.append("; HttpOnly").toString();
    }
}
