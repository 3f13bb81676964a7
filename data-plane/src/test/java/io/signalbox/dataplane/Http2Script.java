package io.signalbox.dataplane;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/2 server in the clear whose answer the path names: {@code /refuse}, {@code /reset}, {@code /half} (reset within
 * the body), {@code /goaway} (an answer and a farewell), {@code /trailers}, {@code /meet} (answers when three are there),
 * else just an answer.
 */
final class Http2Script implements AutoCloseable {
    private static final int MEETING = 3;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final List<ChannelHandlerContext> meeting = new ArrayList<>(); // the loop's
    private final Channel server;

    Http2Script() {
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.incrementAndGet();
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer().build(),
                                        new Http2MultiplexHandler(new Answering()));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    int connections() {
        return connections.get();
    }

    private final class Answering extends SimpleChannelInboundHandler<Http2StreamFrame> {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
            if (frame instanceof Http2HeadersFrame request) {
                answer(context, request.headers().path().toString());
            }
        }

        private void answer(ChannelHandlerContext context, String path) {
            switch (path) {
                case "/refuse" -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
                case "/reset" -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                case "/half" -> {
                    context.write(new DefaultHttp2HeadersFrame(ok()));
                    context.write(body("half", false));
                    context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                }
                case "/goaway" -> {
                    whole(context);
                    context.channel().parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
                }
                case "/trailers" -> {
                    context.write(new DefaultHttp2HeadersFrame(ok()));
                    context.write(body("whole", false));
                    context.writeAndFlush(
                            new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("x-end", "1"), true));
                }
                case "/meet" -> {
                    meeting.add(context);
                    if (meeting.size() == MEETING) {
                        meeting.forEach(this::whole);
                        meeting.clear();
                    }
                }
                default -> whole(context);
            }
        }

        private void whole(ChannelHandlerContext context) {
            context.write(new DefaultHttp2HeadersFrame(ok()));
            context.writeAndFlush(body("whole", true));
        }

        private static Http2Headers ok() {
            return new DefaultHttp2Headers().status("200");
        }

        private static DefaultHttp2DataFrame body(String text, boolean last) {
            return new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII), last);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }
}
