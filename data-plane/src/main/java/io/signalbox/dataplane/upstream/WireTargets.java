package io.signalbox.dataplane.upstream;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/**
 * Has the bytes of request targets go out as they came in: everywhere else a char is a byte, and Netty's codec writes
 * targets as UTF-8. HTTP/2 clients send such bytes in query strings.
 */
@Sharable
final class WireTargets extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest request && !isAscii(request.uri())) {
            byte[] bytes = request.uri().getBytes(StandardCharsets.ISO_8859_1);
            request.setUri(new String(bytes, StandardCharsets.UTF_8));
        }
        ctx.write(message, promise);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
