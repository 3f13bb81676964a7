package io.signalbox.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Asks a host once whether it is well, on a connection of its own. */
final class Prober {
    private static final String USER_AGENT = "Envoy/HC";

    private final EventLoopGroup eventLoops;

    Prober(EventLoopGroup eventLoops) {
        this.eventLoops = eventLoops;
    }

    /** @param result is called once, by an event loop */
    void probe(InetSocketAddress address, Check check, Consumer<Result> result) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Result> once = r -> {
            if (told.compareAndSet(false, true)) {
                result.accept(r);
            }
        };
        int timeout = (int) Math.max(1, check.timeout().toMillis());
        new Bootstrap()
                .group(eventLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec());
                        if (check.probe() instanceof Probe.Http http) {
                            channel.pipeline().addLast(new Answer(http, once));
                        }
                    }
                })
                .connect(address)
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess()) {
                        once.accept(Result.NONE);
                    } else if (check.probe() instanceof Probe.Http http) {
                        Channel channel = done.channel();
                        channel.closeFuture().addListener(closed -> once.accept(Result.NONE));
                        channel.eventLoop().schedule(() -> channel.close(), timeout, TimeUnit.MILLISECONDS);
                        channel.writeAndFlush(request(http));
                    } else {
                        once.accept(Result.GOOD);
                        done.channel().close();
                    }
                });
    }

    private static DefaultFullHttpRequest request(Probe.Http http) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, http.path(), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, http.host())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.CONNECTION, "close");
        return request;
    }

    private static final class Answer extends SimpleChannelInboundHandler<HttpObject> {
        private final Probe.Http http;
        private final Consumer<Result> result;

        Answer(Probe.Http http, Consumer<Result> result) {
            this.http = http;
            this.result = result;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message.decoderResult().isFailure()) {
                context.close();
            } else if (message instanceof HttpResponse response
                    && response.status().code() >= 200) {
                result.accept(http.isGood(response.status().code()) ? Result.GOOD : Result.BAD);
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
