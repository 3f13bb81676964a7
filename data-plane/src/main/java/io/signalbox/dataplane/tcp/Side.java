package io.signalbox.dataplane.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the two channels of a relayed connection. It reads only while the other one has room, so who reads slowly slows
 * down who writes. Each direction ends by itself. Confined to its event loop.
 */
final class Side extends ChannelInboundHandlerAdapter {
    /** Told of what happens on either side. */
    interface Watcher {
        void moved(Side side, int bytes);

        /** No more is read from the side, as its peer will not write any more; what it wrote has gone on. */
        void ended();

        void closed();
    }

    private final Watcher watcher;
    /** Read before the other side was there: what was looked at to find out where it goes. */
    private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Side other;
    private boolean inputEnded;
    private boolean outputEnded;

    Side(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        if (added.channel().config() instanceof SocketChannelConfig config) {
            config.setAllowHalfClosure(true);
        }
    }

    private ChannelHandlerContext ctx() {
        return Objects.requireNonNull(ctx);
    }

    /** Begins to pass on both ways. */
    static void connect(Side a, Side b) {
        a.other = b;
        b.other = a;
        a.begin();
        b.begin();
    }

    private void begin() {
        while (!early.isEmpty()) {
            Objects.requireNonNull(other).ctx().write(early.poll());
        }
        Objects.requireNonNull(other).ctx().flush();
        readOn();
    }

    private void readOn() {
        if (!inputEnded && other != null && other.ctx().channel().isWritable()) {
            ctx().read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        watcher.moved(this, bytes.readableBytes());
        if (other == null) {
            early.add(bytes);
        } else {
            other.ctx().write(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (other != null) {
            other.ctx().flush();
            readOn();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && other != null) {
            other.readOn();
        }
    }

    /** TLS has an end of its own, ahead of that of TCP. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean end = event instanceof ChannelInputShutdownEvent
                || event instanceof SslCloseCompletionEvent tls && tls.isSuccess();
        if (end && !inputEnded) {
            inputEnded = true;
            if (other != null) {
                other.endOutput();
            }
        }
    }

    /** Behind all that is still to be written. */
    private void endOutput() {
        ctx().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            SslHandler tls = ctx().pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            } else if (ctx().channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            }
            outputEnded = true;
            watcher.ended();
        });
    }

    /** Whether there is nothing left to do for it. */
    boolean isDone() {
        return inputEnded && outputEnded;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputEnded = true;
        drop();
        watcher.closed();
    }

    /** Once all is written. */
    void close() {
        if (ctx != null) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    void closeNow() {
        drop();
        if (ctx != null) {
            ctx.close();
        }
    }

    private void drop() {
        while (!early.isEmpty()) {
            early.poll().release();
        }
    }

    /** The channel is broken; who closes it is told. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
