package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.signalbox.dataplane.config.ServerNames;
import io.signalbox.dataplane.http.ClientConnection;
import io.signalbox.dataplane.state.Snapshot.ServingListener;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One version of a listener and the connections that came while it was in force. A rotated certificate is no new
 * generation: it is for the next handshakes, and open connections do not notice.
 */
final class Generation {
    private final Map<Channel, ClientConnection> connections = new ConcurrentHashMap<>();
    private volatile Accepting accepting;
    private volatile boolean draining;

    /** @param chains in the order of the config */
    record Accepting(ServingListener listener, List<ServingChain> chains) {
        Accepting {
            chains = List.copyOf(chains);
        }

        /** Whether it matters what name a client asks for in its TLS handshake. */
        boolean asksForNames() {
            return chains.stream().anyMatch(chain -> !chain.config().names().equals(ServerNames.ALL));
        }

        /**
         * Of the chains that the name fits best, the one that names the narrowest network; empty when none is for the
         * client.
         *
         * @param serverName that the client asks for; empty for none
         */
        Optional<ServingChain> find(String serverName, InetAddress client) {
            int best = chains.stream()
                    .mapToInt(chain -> chain.config().names().strength(serverName))
                    .max()
                    .orElse(-1);
            ServingChain found = null;
            int strongest = -1;
            for (ServingChain chain : chains) {
                int strength = chain.config().sources().strength(client);
                if (best >= 0 && chain.config().names().strength(serverName) == best && strength > strongest) {
                    strongest = strength;
                    found = chain;
                }
            }
            return Optional.ofNullable(found);
        }
    }

    Generation(Accepting accepting) {
        this.accepting = accepting;
    }

    Accepting accepting() {
        return accepting;
    }

    void rotate(Accepting accepting) {
        this.accepting = accepting;
    }

    /** From the connection's event loop. */
    void add(Channel channel, ClientConnection connection) {
        connections.put(channel, connection);
        channel.closeFuture().addListener(closed -> connections.remove(channel));
        if (draining) {
            connection.drain();
        }
    }

    /** The next response on each connection is the last. */
    void drain() {
        draining = true;
        onEach(ClientConnection::drain);
    }

    /** As {@link #drain()}, and idle connections close at once. */
    void shutDown() {
        draining = true;
        onEach(ClientConnection::shutDown);
    }

    void closeAll() {
        connections.keySet().forEach(Channel::close);
    }

    boolean isIdle() {
        return connections.isEmpty();
    }

    private void onEach(Consumer<ClientConnection> action) {
        connections.forEach((channel, connection) -> channel.eventLoop().execute(() -> action.accept(connection)));
    }
}
