package io.signalbox.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.util.function.Consumer;

/** What a host says to a probe. Whoever closes the connection without having told a result has had no answer. */
abstract class ProbeAnswer extends SimpleChannelInboundHandler<HttpObject> {
    private final Consumer<Result> result;

    private ProbeAnswer(Consumer<Result> result) {
        this.result = result;
    }

    abstract void read(ChannelHandlerContext context, HttpObject message);

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            context.close();
        } else {
            read(context, message);
        }
    }

    void tell(ChannelHandlerContext context, boolean good) {
        result.accept(good ? Result.GOOD : Result.BAD);
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** The status is enough. */
    static final class Http extends ProbeAnswer {
        private final Probe.Http http;

        Http(Probe.Http http, Consumer<Result> result) {
            super(result);
            this.http = http;
        }

        @Override
        void read(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response && response.status().code() >= 200) {
                tell(context, http.isGood(response.status().code()));
            }
        }
    }

    /** Good is what has status 200, gRPC's status 0 and the message that says so. */
    static final class Grpc extends ProbeAnswer {
        private static final int OK = 200;
        private static final int LONGEST = 1024;
        private static final String STATUS = "grpc-status";

        private final ByteBuf body = Unpooled.buffer();
        private boolean refused;

        Grpc(Consumer<Result> result) {
            super(result);
        }

        @Override
        void read(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response && response.status().code() >= 200) {
                refused = response.status().code() != OK || isError(response.headers());
            }
            if (message instanceof HttpContent content && body.readableBytes() < LONGEST) {
                body.writeBytes(content.content());
            }
            if (message instanceof LastHttpContent last) {
                boolean ends = "0".equals(last.trailingHeaders().get(STATUS));
                tell(context, !refused && ends && ProbeMessages.serves(body));
            }
        }

        private static boolean isError(HttpHeaders headers) {
            return headers.contains(STATUS) && !"0".equals(headers.get(STATUS));
        }
    }
}
