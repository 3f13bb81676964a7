package io.signalbox.local;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicException;
import io.signalbox.local.RawRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What comes back on a stream of HTTP/3. Written on the event loop, awaited elsewhere. */
final class Http3Answer extends Http3RequestStreamInboundHandler {
    private final CompletableFuture<RawResponse> response = new CompletableFuture<>();
    private final List<Header> headers = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    RawResponse await(long milliseconds) throws IOException {
        try {
            return response.get(milliseconds, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer in " + milliseconds + " ms");
        } catch (ExecutionException e) {
            throw new IOException("the stream ended: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3HeadersFrame frame) {
        CharSequence code = frame.headers().status();
        if (code != null && code.charAt(0) == '1') {
            return;
        }
        if (code != null) {
            status = Integer.parseInt(code.toString());
        }
        frame.headers().forEach(field -> {
            if (field.getKey().charAt(0) != ':') {
                headers.add(
                        new Header(field.getKey().toString(), field.getValue().toString()));
            }
        });
    }

    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3DataFrame frame) throws IOException {
        frame.content().readBytes(body, frame.content().readableBytes());
        frame.release();
    }

    @Override
    protected void channelInputClosed(ChannelHandlerContext ctx) {
        response.complete(new RawResponse(status, "", headers, body.toByteArray()));
        ctx.close();
    }

    @Override
    protected void handleQuicException(ChannelHandlerContext ctx, QuicException exception) {
        response.completeExceptionally(exception);
    }

    @Override
    protected void handleHttp3Exception(ChannelHandlerContext ctx, Http3Exception exception) {
        response.completeExceptionally(exception);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        response.completeExceptionally(new IOException("the connection ended"));
        ctx.fireChannelInactive();
    }
}
