package io.signalbox.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a host that carries the bytes of one tunnel. That it is up is the answer to the {@code CONNECT}, of which
 * the host hears nothing. Confined to its event loop. Envoy: {@code connect_config}.
 */
final class TunnelConnection extends ChannelInboundHandlerAdapter implements HostConnection, UpstreamStream {
    private final Host host;
    private final Channel channel;
    private final ConnectionPool pool;
    private @Nullable UpstreamExchange exchange;
    private boolean used;
    private boolean answered;

    private TunnelConnection(Host host, Channel channel, ConnectionPool pool) {
        this.host = host;
        this.channel = channel;
        this.pool = pool;
    }

    /** At the end of the pipeline of a channel that is up. */
    static TunnelConnection install(Host host, Channel channel, ConnectionPool pool) {
        TunnelConnection connection = new TunnelConnection(host, channel, pool);
        channel.pipeline().addLast(connection);
        return connection;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public boolean hasRoom() {
        return channel.isActive() && !used;
    }

    @Override
    public boolean takesAnother() {
        return !used;
    }

    @Override
    public boolean isIdle() {
        return exchange == null;
    }

    @Override
    public UpstreamStream start(UpstreamExchange started) {
        used = true;
        exchange = started;
        return this;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void write(HttpContent content) {
        ChannelFuture written = channel.write(content.content());
        if (content instanceof LastHttpContent && channel instanceof DuplexChannel duplex) {
            // The client has ended its side, which over HTTP/2 leaves the other one open.
            written.addListener(done -> duplex.shutdownOutput());
            channel.flush();
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void read() {
        UpstreamExchange current = exchange;
        if (!answered && current != null) {
            answered = true;
            current.answered(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK), false);
            current.receiver().onBurstEnd();
        }
        channel.read();
    }

    @Override
    public void watch() {
        channel.read();
    }

    @Override
    public void abandon() {
        exchange = null;
        channel.close();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        UpstreamExchange current = exchange;
        if (current != null && message instanceof ByteBuf bytes) {
            current.receiver().onContent(new DefaultHttpContent(bytes));
        } else {
            // Bytes for nobody: its client has gone.
            ReferenceCountUtil.release(message);
            channel.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        UpstreamExchange current = exchange;
        if (current != null) {
            current.receiver().onBurstEnd();
        }
        if (current == null || exchange == current && current.wantsMore()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        UpstreamExchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.receiver().onWritable();
        }
    }

    /** The end of the tunnel is the end of the answer. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.closed(this);
        UpstreamExchange current = exchange;
        exchange = null;
        if (current != null) {
            current.ended();
            current.receiver().onContent(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        channel.close();
    }
}
