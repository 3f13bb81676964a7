package io.signalbox.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The upstream connections of one event loop, kept alive between requests. A request without a connection waits until one
 * is up or free, as many as the cluster's limits allow. Confined to its event loop but for {@link #prune()}.
 */
public final class ConnectionPool {
    private static final int MAX_HEADER_BYTES = 60 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private final EventLoop eventLoop;
    private final Map<Host, HostConnections> hosts = new IdentityHashMap<>();

    public ConnectionPool(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Closes idle connections to hosts that are gone; may be called from any thread. */
    public void prune() {
        eventLoop.execute(() -> new ArrayList<>(hosts.keySet()).forEach(this::prune));
    }

    private void prune(Host host) {
        if (host.isRetired()) {
            of(host).closeIdle();
        }
    }

    private HostConnections of(Host host) {
        return hosts.computeIfAbsent(host, h -> new HostConnections());
    }

    /** Gives the exchange a connection, at once or when one is up. */
    void connect(UpstreamExchange exchange) {
        Host host = exchange.host();
        HostConnections connections = of(host);
        UpstreamConnection kept = connections.takeIdle();
        if (kept != null) {
            assign(exchange, kept);
        } else if (host.transport().usage().startPending()) {
            connections.await(exchange);
            open(host, connections);
        } else {
            exchange.connectFailed(UpstreamFailure.OVERFLOW);
        }
    }

    /** The exchange was given up while it waited; its connection, if one is on its way, will serve another. */
    void stopWaiting(UpstreamExchange exchange) {
        Host host = exchange.host();
        if (of(host).stopWaiting(exchange)) {
            host.transport().usage().endPending();
        }
    }

    private void assign(UpstreamExchange exchange, UpstreamConnection connection) {
        if (exchange.host().transport().usage().startRequest()) {
            exchange.connected(connection);
        } else {
            release(connection);
            exchange.connectFailed(UpstreamFailure.OVERFLOW);
        }
    }

    private void open(Host host, HostConnections connections) {
        Transport transport = host.transport();
        if (!transport.usage().startConnection(!connections.hasAny())) {
            return;
        }
        connections.opened();
        new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, transport.connectTimeoutMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(decoderConfig(), false, false))
                                .addLast("connection", new UpstreamConnection(host, channel, ConnectionPool.this));
                    }
                })
                .connect(host.address())
                .addListener((ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        ready((UpstreamConnection) done.channel().pipeline().get("connection"));
                    } else {
                        failed(
                                host,
                                done.cause() instanceof ConnectTimeoutException
                                        ? UpstreamFailure.CONNECT_TIMEOUT
                                        : UpstreamFailure.CONNECT_FAILED);
                    }
                });
    }

    private static HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES).setMaxChunkSize(MAX_CHUNK_BYTES);
    }

    private void ready(UpstreamConnection connection) {
        release(connection);
        if (connection.isUsable()) {
            connection.channel().read(); // idle: to see the backend close
        }
    }

    /** A connection that does not come up takes all who wait for its host with it, as in Envoy: none may wait for ever. */
    private void failed(Host host, UpstreamFailure failure) {
        HostConnections connections = of(host);
        connections.closed();
        Usage usage = host.transport().usage();
        usage.endConnection();
        for (UpstreamExchange exchange : connections.takeAllWaiting()) {
            usage.endPending();
            exchange.connectFailed(failure);
        }
        dropIfUnused(host, connections);
    }

    /** A connection is free: for one who waits, or to be kept. */
    void release(UpstreamConnection connection) {
        Host host = connection.host();
        HostConnections connections = of(host);
        if (!connection.takesAnother()) {
            connection.close();
            return;
        }
        UpstreamExchange next = connections.nextWaiting();
        if (next != null) {
            host.transport().usage().endPending();
            assign(next, connection);
        } else if (host.isRetired()) {
            connection.close();
        } else {
            connections.keep(connection);
        }
    }

    /** A connection is no more; it may or may not be an idle one. */
    void closed(UpstreamConnection connection) {
        Host host = connection.host();
        HostConnections connections = of(host);
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
            hosts.remove(host);
        }
    }
}
