package io.signalbox.dataplane.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import io.signalbox.dataplane.http.ClientConnection;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the name that a client asks for in its TLS handshake (SNI, RFC 6066), and takes nothing away: what it read goes
 * to whoever is put behind it. What does not begin as TLS does is closed, as no chain could make anything of it. Envoy:
 * {@code TlsInspector}.
 */
final class ServerNameHandler extends AbstractSniHandler<String> implements ClientConnection {
    /** Envoy: the largest that its inspector takes. */
    private static final int LARGEST_HELLO = 16 * 1024;

    private final Consumer<String> found;

    /**
     * @param timeout how long a client may take to say it; zero for as long as it will
     * @param found gets the name, in lower case and empty for none, and puts into the pipeline who takes over; for
     *     whom the connection begins then
     */
    ServerNameHandler(Duration timeout, Consumer<String> found) {
        super(LARGEST_HELLO, timeout.toMillis());
        this.found = found;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        ctx.read();
    }

    @Override
    protected Future<String> lookup(ChannelHandlerContext ctx, @Nullable String serverName) {
        return ctx.executor().newSucceededFuture(serverName == null ? "" : serverName);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, String serverName, Future<String> looked) {
        found.accept(looked.getNow());
        ctx.fireChannelActive();
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void drain() {}

    @Override
    public void shutDown() {}
}
