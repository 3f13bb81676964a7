package io.signalbox.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;

/**
 * A server without a protocol: says its name and a line end first, then every byte goes back as it came. When the client has
 * ended its side, it says {@code end} and a line end, and closes. When the client says {@code quit} and a line end, it ends its
 * own side alone, and reads on. Each connection on which the client said something is told, when it is over, as a request with
 * nothing but its bytes.
 */
final class EchoBytes extends ChannelInboundHandlerAdapter {
    private static final String QUIT = "quit\n";

    private final String name;
    private final EchoBehaviour behaviour;
    private long received;
    private boolean outputEnded;

    EchoBytes(String name, EchoBehaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (behaviour.received("").closes()) {
            context.close();
        } else {
            context.writeAndFlush(text(name + "\n"));
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        if (bytes.toString(StandardCharsets.UTF_8).equals(QUIT)) {
            bytes.release();
            endOutput(context);
        } else if (outputEnded) {
            bytes.release();
        } else {
            context.writeAndFlush(bytes);
        }
    }

    private void endOutput(ChannelHandlerContext context) {
        outputEnded = true;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            } else {
                ((DuplexChannel) context.channel()).shutdownOutput();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            if (!outputEnded) {
                outputEnded = true;
                context.write(text("end\n"));
            }
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> context.close());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (received > 0) {
            behaviour.asked(EchoText.connection(name, received, context.channel()));
        }
        behaviour.done();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
