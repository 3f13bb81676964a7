package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.config.ProxyProtocolConfig;
import io.signalbox.dataplane.http.ClientConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until it is told whose the connection is. For the handlers that are added then, the connection begins at that
 * moment. Envoy: listener filter {@code envoy.filters.listener.proxy_protocol}.
 */
final class ProxyProtocolHandler extends ChannelInboundHandlerAdapter implements ClientConnection {
    private final Channel channel;
    private final ProxyProtocolConfig config;
    private final Consumer<Origin> begin;
    private @Nullable ScheduledFuture<?> patience;

    private ProxyProtocolHandler(Channel channel, ProxyProtocolConfig config, Consumer<Origin> begin) {
        this.channel = channel;
        this.config = config;
        this.begin = begin;
    }

    /**
     * Puts it at the end of a new channel's pipeline; the channel must not read by itself.
     *
     * @param begin adds the handlers of the connection, or closes it
     */
    static ClientConnection install(ChannelPipeline pipeline, ProxyProtocolConfig config, Consumer<Origin> begin) {
        ProxyProtocolHandler handler = new ProxyProtocolHandler(pipeline.channel(), config, begin);
        pipeline.addLast(new ProxyProtocolDetector(), handler);
        return handler;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long timeout = config.timeout().toNanos();
        if (timeout > 0) {
            patience = ctx.executor().schedule(this::shutDown, timeout, TimeUnit.NANOSECONDS);
        }
        ctx.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ProxyProtocolDetector.NO_HEADER) {
            ctx.fireUserEventTriggered(event);
        } else if (config.optional()) {
            begin(ctx, Origin.of(channel));
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            Optional<Origin> origin = ProxyProtocolOrigin.of(header, channel);
            header.release();
            origin.ifPresentOrElse(found -> begin(ctx, found), ctx::close);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, Origin origin) {
        begin.accept(origin);
        ctx.fireChannelActive();
        ctx.pipeline().remove(this);
    }

    /** The decoder has closed the connection by then. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void drain() {}

    @Override
    public void shutDown() {
        channel.close();
    }
}
