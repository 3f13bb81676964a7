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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connections of one event loop, kept alive between requests; the one used last is used next, so that what
 * is not needed grows old and is closed by its backend. Confined to its event loop but for {@link #prune()}.
 */
public final class ConnectionPool {
    private static final int MAX_HEADER_BYTES = 60 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private final EventLoop eventLoop;
    private final Map<Host, ArrayDeque<UpstreamConnection>> idle = new IdentityHashMap<>();

    public ConnectionPool(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Closes idle connections to hosts that are gone; may be called from any thread. */
    public void prune() {
        eventLoop.execute(() -> {
            for (Host host : new ArrayList<>(idle.keySet())) {
                if (host.isRetired()) {
                    closeAll(idle.remove(host));
                }
            }
        });
    }

    private static void closeAll(@Nullable ArrayDeque<UpstreamConnection> connections) {
        if (connections != null) {
            connections.forEach(UpstreamConnection::close);
        }
    }

    /** Gives the exchange a connection, at once or when one is up. */
    void connect(UpstreamExchange exchange, Host host, Duration connectTimeout) {
        UpstreamConnection kept = takeIdle(host);
        if (kept != null) {
            exchange.connected(kept);
            return;
        }
        new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.max(1, Math.min(Integer.MAX_VALUE, connectTimeout.toMillis())))
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
                        exchange.connected(
                                (UpstreamConnection) done.channel().pipeline().get("connection"));
                    } else {
                        exchange.connectFailed(
                                done.cause() instanceof ConnectTimeoutException
                                        ? UpstreamFailure.CONNECT_TIMEOUT
                                        : UpstreamFailure.CONNECT_FAILED);
                    }
                });
    }

    private static HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES).setMaxChunkSize(MAX_CHUNK_BYTES);
    }

    private @Nullable UpstreamConnection takeIdle(Host host) {
        ArrayDeque<UpstreamConnection> connections = idle.get(host);
        while (connections != null && !connections.isEmpty()) {
            UpstreamConnection last = connections.removeLast();
            if (last.isUsable()) {
                return last;
            }
        }
        return null;
    }

    /** Keeps a connection whose exchange has ended well. */
    void release(UpstreamConnection connection) {
        if (connection.host().isRetired()) {
            connection.close();
            return;
        }
        idle.computeIfAbsent(connection.host(), h -> new ArrayDeque<>()).addLast(connection);
    }

    /** A connection is no more; it may or may not be an idle one. */
    void closed(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> connections = idle.get(connection.host());
        if (connections != null) {
            connections.removeLastOccurrence(connection);
            if (connections.isEmpty()) {
                idle.remove(connection.host());
            }
        }
    }
}
