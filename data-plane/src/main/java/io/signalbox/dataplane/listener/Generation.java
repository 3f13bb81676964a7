package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.signalbox.dataplane.http.HttpConnection;
import io.signalbox.dataplane.http.ServingContext;
import io.signalbox.dataplane.state.Snapshot.ServingListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One version of a listener and the connections that came while it was in force. A rotated certificate is no new
 * generation: it is for the next handshakes, and open connections do not notice.
 */
final class Generation {
    private final ServingContext context;
    private final Map<Channel, HttpConnection> connections = new ConcurrentHashMap<>();
    private volatile Accepting accepting;
    private volatile boolean draining;

    /** @param tls what handshakes use; empty for plain text, and for TLS as long as there is no certificate */
    record Accepting(ServingListener listener, Optional<SslContext> tls) {
        boolean refuses() {
            return listener.config().tls().isPresent() && tls.isEmpty();
        }
    }

    Generation(ServingContext context, Accepting accepting) {
        this.context = context;
        this.accepting = accepting;
    }

    ServingContext context() {
        return context;
    }

    Accepting accepting() {
        return accepting;
    }

    void rotate(Accepting accepting) {
        this.accepting = accepting;
    }

    /** From the connection's event loop. */
    void add(Channel channel, HttpConnection connection) {
        connections.put(channel, connection);
        channel.closeFuture().addListener(closed -> connections.remove(channel));
        if (draining) {
            connection.drain();
        }
    }

    /** The next response on each connection is the last. */
    void drain() {
        draining = true;
        onEach(HttpConnection::drain);
    }

    /** As {@link #drain()}, and idle connections close at once. */
    void shutDown() {
        draining = true;
        onEach(HttpConnection::shutDown);
    }

    void closeAll() {
        connections.keySet().forEach(Channel::close);
    }

    boolean isIdle() {
        return connections.isEmpty();
    }

    private void onEach(Consumer<HttpConnection> action) {
        connections.forEach((channel, connection) -> channel.eventLoop().execute(() -> action.accept(connection)));
    }
}
