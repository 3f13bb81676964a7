package io.signalbox.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells from its first bytes whether a connection begins with a header of the PROXY protocol. */
final class ProxyProtocolDetector extends ByteToMessageDecoder {
    /** Told to the handlers behind: there is no header, and what comes is what the client sends. */
    static final Object NO_HEADER = new Object();

    private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_2 = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        boolean begun = begins(in, VERSION_1) || begins(in, VERSION_2);
        if (begun && in.readableBytes() < VERSION_2.length) {
            return;
        }
        if (begun) {
            ctx.pipeline().addAfter(ctx.name(), null, new HAProxyMessageDecoder());
        } else {
            ctx.fireUserEventTriggered(NO_HEADER);
        }
        // What has been read goes on.
        ctx.pipeline().remove(this);
    }

    /** Whether all that is there so far fits. */
    private static boolean begins(ByteBuf in, byte[] with) {
        int length = Math.min(in.readableBytes(), with.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
