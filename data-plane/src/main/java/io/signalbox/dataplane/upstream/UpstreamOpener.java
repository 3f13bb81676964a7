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
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;

/** Opens connections: TCP, then TLS, then the protocol that is configured or was chosen. Confined to its event loop. */
final class UpstreamOpener {
    private static final WireTargets WIRE_TARGETS = new WireTargets();
    private static final int MAX_HEADER_BYTES = 60 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    /** What came of it; one of the two is called, once. */
    interface Outcome {
        void up(HostConnection connection);

        void failed(UpstreamFailure failure);
    }

    private final EventLoop eventLoop;
    private final ConnectionPool pool;

    UpstreamOpener(EventLoop eventLoop, ConnectionPool pool) {
        this.eventLoop = eventLoop;
        this.pool = pool;
    }

    /** @param tunnel whether the connection is for bytes, whatever protocol the host speaks */
    void open(Host host, boolean tunnel, Outcome outcome) {
        Transport transport = host.transport();
        new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, transport.connectTimeoutMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (transport.tls().isOn()) {
                            SslHandler tls = transport.tls().newHandler(channel.alloc());
                            tls.setHandshakeTimeoutMillis(transport.connectTimeoutMillis());
                            channel.pipeline().addLast(tls);
                        }
                    }
                })
                .connect(host.address())
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess()) {
                        outcome.failed(
                                done.cause() instanceof ConnectTimeoutException
                                        ? UpstreamFailure.CONNECT_TIMEOUT
                                        : UpstreamFailure.CONNECT_FAILED);
                    } else if (transport.tls().isOn()) {
                        awaitHandshake(host, done.channel(), tunnel, outcome);
                    } else {
                        outcome.up(
                                tunnel
                                        ? TunnelConnection.install(host, done.channel(), pool)
                                        : install(host, done.channel(), transport.protocol() == Protocol.HTTP2));
                    }
                });
    }

    private void awaitHandshake(Host host, Channel channel, boolean tunnel, Outcome outcome) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess() && channel.isActive()) {
                boolean http2 = host.transport().protocol() == Protocol.HTTP2
                        || ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
                outcome.up(tunnel ? TunnelConnection.install(host, channel, pool) : install(host, channel, http2));
            } else {
                channel.close();
                outcome.failed(
                        done.cause() instanceof SslHandshakeTimeoutException
                                ? UpstreamFailure.CONNECT_TIMEOUT
                                : UpstreamFailure.CONNECT_FAILED);
            }
        });
    }

    private HostConnection install(Host host, Channel channel, boolean http2) {
        if (http2) {
            return Http2Connection.install(host, channel, pool);
        }
        UpstreamConnection connection = new UpstreamConnection(host, channel, pool);
        channel.pipeline().addLast(new HttpClientCodec(decoderConfig(), false, false), WIRE_TARGETS, connection);
        return connection;
    }

    private static HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES).setMaxChunkSize(MAX_CHUNK_BYTES);
    }
}
