package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.config.Http2Config;
import io.signalbox.dataplane.upstream.ConnectionPool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which HTTP a client speaks: what was chosen in the TLS handshake (ALPN), else what the first bytes say.
 * Envoy: codec type {@code AUTO}.
 */
public final class CodecChoice extends ByteToMessageDecoder implements ClientConnection {
    /** How a client that knows that the server speaks HTTP/2 begins (RFC 9113, section 3.4); enough of it to tell. */
    private static final byte[] PREFACE = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

    private final ServingContext context;
    private final DownstreamInfo downstream;
    private final ConnectionPool pool;
    private final Http2Config http2;
    private @Nullable ClientConnection chosen;
    private @Nullable Channel channel;
    /** Ends a connection on which nobody says anything. */
    private @Nullable ScheduledFuture<?> silence;

    private boolean draining;

    private CodecChoice(ServingContext context, DownstreamInfo downstream, ConnectionPool pool, Http2Config http2) {
        this.context = context;
        this.downstream = downstream;
        this.pool = pool;
        this.http2 = http2;
    }

    /** Puts codec and connection at the end of a new channel's pipeline; the channel must not read by itself. */
    public static ClientConnection install(
            ChannelPipeline pipeline, ServingContext context, DownstreamInfo downstream, ConnectionPool pool) {
        Optional<Http2Config> http2 = context.config().http2();
        if (http2.isEmpty()) {
            return HttpConnection.install(pipeline, context, downstream, pool);
        }
        CodecChoice choice = new CodecChoice(context, downstream, pool, http2.get());
        pipeline.addLast(choice);
        return choice;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        long idle = context.config().idleTimeout().toNanos();
        if (idle > 0) {
            silence = ctx.executor().schedule(() -> close(ctx), idle, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelActive();
    }

    private static void close(ChannelHandlerContext ctx) {
        ctx.close();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (silence != null) {
            silence.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        String negotiated = Optional.ofNullable(ctx.pipeline().get(SslHandler.class))
                .map(SslHandler::applicationProtocol)
                .orElse("");
        if (negotiated.isEmpty() && isPartOfPreface(in)) {
            return;
        }
        boolean speaksHttp2 =
                negotiated.isEmpty() ? startsWithPreface(in) : negotiated.equals(ApplicationProtocolNames.HTTP_2);
        ClientConnection connection = speaksHttp2
                ? Http2Connection.install(ctx.pipeline(), http2, context, downstream, pool)
                : HttpConnection.install(ctx.pipeline(), context, downstream, pool);
        chosen = connection;
        if (draining) {
            connection.drain();
        }
        // What has been read goes on to the codec.
        ctx.pipeline().remove(this);
    }

    private static boolean startsWithPreface(ByteBuf in) {
        return in.readableBytes() >= PREFACE.length && matches(in, PREFACE.length);
    }

    private static boolean isPartOfPreface(ByteBuf in) {
        return in.readableBytes() < PREFACE.length && matches(in, in.readableBytes());
    }

    private static boolean matches(ByteBuf in, int length) {
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void drain() {
        draining = true;
        if (chosen != null) {
            chosen.drain();
        }
    }

    @Override
    public void shutDown() {
        if (chosen != null) {
            chosen.shutDown();
        } else if (channel != null) {
            channel.close();
        }
    }
}
