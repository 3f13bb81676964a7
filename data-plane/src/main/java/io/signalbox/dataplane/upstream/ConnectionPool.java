package io.signalbox.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The upstream connections of one event loop, kept alive between requests. A request without a connection waits until one
 * is up or free, as many as the cluster's limits allow. Confined to its event loop but for {@link #prune()}.
 */
public final class ConnectionPool {
    private final EventLoop eventLoop;
    private final UpstreamOpener opener;
    private final Map<Host, HostConnections> hosts = new IdentityHashMap<>();
    /** Each for one tunnel. */
    private final Map<Host, HostConnections> tunnels = new IdentityHashMap<>();

    public ConnectionPool(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        this.opener = new UpstreamOpener(eventLoop, this);
    }

    /** Closes idle connections to hosts that are gone; may be called from any thread. */
    public void prune() {
        eventLoop.execute(() -> {
            prune(hosts);
            prune(tunnels);
        });
    }

    private static void prune(Map<Host, HostConnections> all) {
        new ArrayList<>(all.entrySet())
                .stream()
                        .filter(each -> each.getKey().isRetired())
                        .forEach(each -> each.getValue().closeIdle());
    }

    private HostConnections of(Host host) {
        return hosts.computeIfAbsent(host, h -> new HostConnections());
    }

    private HostConnections of(UpstreamExchange exchange) {
        return exchange.isTunnel() ? ofTunnels(exchange.host()) : of(exchange.host());
    }

    private HostConnections of(HostConnection connection) {
        return connection instanceof TunnelConnection ? ofTunnels(connection.host()) : of(connection.host());
    }

    private HostConnections ofTunnels(Host host) {
        return tunnels.computeIfAbsent(host, h -> new HostConnections());
    }

    /** Gives the exchange a connection, at once or when one is up. */
    void connect(UpstreamExchange exchange) {
        Host host = exchange.host();
        HostConnections connections = of(exchange);
        HostConnection kept = connections.findWithRoom();
        if (kept != null) {
            assign(exchange, kept, connections);
        } else if (host.transport().usage().startPending()) {
            connections.await(exchange);
            boolean oneEach = exchange.isTunnel() || host.transport().protocol() == Protocol.HTTP1;
            if (oneEach || !connections.isAnyComingUp()) {
                open(host, connections);
            }
        } else {
            exchange.connectFailed(UpstreamFailure.OVERFLOW);
        }
    }

    /** The exchange was given up while it waited; its connection, if one is on its way, will serve another. */
    void stopWaiting(UpstreamExchange exchange) {
        Host host = exchange.host();
        if (of(exchange).stopWaiting(exchange)) {
            host.transport().usage().endPending();
        }
    }

    private void assign(UpstreamExchange exchange, HostConnection connection, HostConnections connections) {
        if (exchange.host().transport().usage().startRequest()) {
            exchange.connected(connection);
            if (!connection.hasRoom()) {
                connections.forget(connection);
            }
        } else {
            release(connection);
            exchange.refused();
        }
    }

    private void open(Host host, HostConnections connections) {
        if (!host.transport().usage().startConnection(!connections.hasAny())) {
            return;
        }
        connections.opened();
        opener.open(host, tunnels.get(host) == connections, new UpstreamOpener.Outcome() {
            @Override
            public void up(HostConnection connection) {
                connections.cameUp();
                release(connection);
                if (connection.isIdle()) {
                    connection.watch();
                }
                if (connections.anyWaiting() && !connections.isAnyComingUp()) {
                    open(host, connections);
                }
            }

            @Override
            public void failed(UpstreamFailure failure) {
                connections.cameUp();
                ConnectionPool.this.failed(host, connections, failure);
            }
        });
    }

    /** A connection that does not come up takes all who wait for its host with it, as in Envoy: none may wait for ever. */
    private void failed(Host host, HostConnections connections, UpstreamFailure failure) {
        connections.closed();
        Usage usage = host.transport().usage();
        usage.endConnection();
        for (UpstreamExchange exchange : connections.takeAllWaiting()) {
            usage.endPending();
            exchange.connectFailed(failure);
        }
        dropIfUnused(host, connections);
    }

    /** A connection has room: for those who wait, or to be kept. */
    void release(HostConnection connection) {
        Host host = connection.host();
        HostConnections connections = of(connection);
        if (!connection.takesAnother()) {
            connections.forget(connection);
            if (connection.isIdle()) {
                connection.close();
            }
            return;
        }
        while (connection.hasRoom() && connections.anyWaiting()) {
            UpstreamExchange next = Objects.requireNonNull(connections.nextWaiting());
            host.transport().usage().endPending();
            assign(next, connection, connections);
        }
        if (host.isRetired() && connection.isIdle()) {
            connection.close();
        } else if (connection.hasRoom()) {
            connections.keep(connection);
        }
    }

    /** A connection is no more; it may or may not be an idle one. */
    void closed(HostConnection connection) {
        Host host = connection.host();
        HostConnections connections = of(connection);
        connections.forget(connection);
        connections.closed();
        host.transport().usage().endConnection();
        if (connections.anyWaiting()) {
            open(host, connections);
        }
        dropIfUnused(host, connections);
    }

    private void dropIfUnused(Host host, HostConnections connections) {
        if (connections.isUnused()) {
            hosts.remove(host, connections);
            tunnels.remove(host, connections);
        }
    }
}
