package io.signalbox.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Probes on connections of their own, over TLS where requests go over it. */
final class WireProber implements Prober {
    private final EventLoopGroup eventLoops;

    WireProber(EventLoopGroup eventLoops) {
        this.eventLoops = eventLoops;
    }

    /**
     * Any thread may call. All of a probe happens on one event loop: where another thread connects, the connection may be up
     * before that thread says what is to become of it, and what a server says first, as over HTTP/2, is read by nobody.
     */
    @Override
    public void probe(Host host, Check check, Consumer<Result> result) {
        EventLoop eventLoop = eventLoops.next();
        eventLoop.execute(() -> probe(eventLoop, host, check, result));
    }

    private static void probe(EventLoop eventLoop, Host host, Check check, Consumer<Result> result) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Result> once = r -> {
            if (told.compareAndSet(false, true)) {
                result.accept(r);
            }
        };
        int timeout = (int) Math.max(1, check.timeout().toMillis());
        UpstreamTls tls = host.transport().tls();
        new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls.isOn()) {
                            channel.pipeline().addLast(tls.newHandler(check.alpn(), channel.alloc()));
                        }
                    }
                })
                .connect(host.address())
                .addListener((ChannelFuture done) -> {
                    Channel channel = done.channel();
                    if (!done.isSuccess()) {
                        once.accept(Result.NONE);
                        return;
                    }
                    channel.closeFuture().addListener(closed -> once.accept(Result.NONE));
                    channel.eventLoop().schedule(() -> channel.close(), timeout, TimeUnit.MILLISECONDS);
                    if (tls.isOn()) {
                        channel.pipeline()
                                .get(SslHandler.class)
                                .handshakeFuture()
                                .addListener(shaken -> {
                                    if (shaken.isSuccess()) {
                                        ask(channel, check.probe(), once);
                                    } else {
                                        channel.close();
                                    }
                                });
                    } else {
                        ask(channel, check.probe(), once);
                    }
                });
    }

    /** The connection is up. */
    private static void ask(Channel channel, Probe probe, Consumer<Result> result) {
        if (probe instanceof Probe.Http http) {
            ask(channel, http.http2(), ProbeMessages.request(http), new ProbeAnswer.Http(http, result));
        } else if (probe instanceof Probe.Grpc grpc) {
            ask(channel, true, ProbeMessages.request(grpc), new ProbeAnswer.Grpc(result));
        } else {
            result.accept(Result.GOOD);
            channel.close();
        }
    }

    private static void ask(Channel channel, boolean http2, FullHttpRequest request, ProbeAnswer answer) {
        if (!http2) {
            channel.pipeline().addLast(new HttpClientCodec(), answer);
            channel.writeAndFlush(request);
            return;
        }
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel pushed) {
                                pushed.close();
                            }
                        }));
        new Http2StreamChannelBootstrap(channel)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), answer);
                        stream.closeFuture().addListener(closed -> channel.close());
                    }
                })
                .open()
                .addListener((Future<Http2StreamChannel> opened) -> {
                    if (opened.isSuccess()) {
                        opened.getNow().writeAndFlush(request);
                    } else {
                        ReferenceCountUtil.release(request);
                        channel.close();
                    }
                });
    }
}
