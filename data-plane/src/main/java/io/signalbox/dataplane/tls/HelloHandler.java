package io.signalbox.dataplane.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Puts the server's ciphers in order by those of the client, before the handshake begins. */
final class HelloHandler extends ByteToMessageDecoder {
    private final SSLEngine engine;
    private final CipherOrder order;

    HelloHandler(SSLEngine engine, CipherOrder order) {
        this.engine = engine;
        this.order = order;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ClientHello hello = ClientHello.of(in);
        if (!hello.isWhole()) {
            return;
        }
        if (!hello.ciphers().isEmpty()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setCipherSuites(order.of(hello.ciphers()).toArray(String[]::new));
            engine.setSSLParameters(parameters);
        }
        // What has been read goes on to the handshake.
        ctx.pipeline().remove(this);
    }
}
