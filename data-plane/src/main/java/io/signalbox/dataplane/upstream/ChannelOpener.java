package io.signalbox.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.List;

/** Opens channels to hosts: TCP, then TLS where the cluster has it. They do not read by themselves. */
final class ChannelOpener {
    /** What came of it; one of the two is called, once, by the event loop. */
    interface Outcome {
        void up(Channel channel);

        void failed(UpstreamFailure failure);
    }

    private ChannelOpener() {}

    /** @param protocols what ALPN offers; none for no ALPN */
    static void open(EventLoop eventLoop, Host host, List<String> protocols, Outcome outcome) {
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
                            SslHandler tls = transport.tls().newHandler(protocols, channel.alloc());
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
                        awaitHandshake(done.channel(), outcome);
                    } else {
                        outcome.up(done.channel());
                    }
                });
    }

    private static void awaitHandshake(Channel channel, Outcome outcome) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess() && channel.isActive()) {
                outcome.up(channel);
            } else {
                channel.close();
                outcome.failed(
                        done.cause() instanceof SslHandshakeTimeoutException
                                ? UpstreamFailure.CONNECT_TIMEOUT
                                : UpstreamFailure.CONNECT_FAILED);
            }
        });
    }
}
