package io.signalbox.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection or stream, each when its body has come to an end. Nothing in between changes the
 * headers, which are shown as they came. Runs on the connection's event loop.
 */
final class EchoHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final String HEALTH_CHECKER = "Envoy/HC";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final String name;
    private final EchoBehaviour behaviour;
    private final String protocol;
    private @Nullable HttpRequest request;
    private Optional<EchoAnswer> health = Optional.empty();
    private EchoAnswer answer = EchoAnswer.OK;
    private long bodyBytes;

    EchoHandler(String name, EchoBehaviour behaviour, String protocol) {
        this.name = name;
        this.behaviour = behaviour;
        this.protocol = protocol;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest head) {
            request = head;
            bodyBytes = 0;
            health = HEALTH_CHECKER.equals(head.headers().get(HttpHeaderNames.USER_AGENT))
                    ? behaviour.health()
                    : Optional.empty();
            answer = health.orElseGet(() -> behaviour.received(head.uri()));
        }
        if (message instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
        }
        if (message instanceof LastHttpContent && request != null) {
            HttpRequest whole = request;
            request = null;
            answerInTime(context, whole);
        }
    }

    private void answerInTime(ChannelHandlerContext context, HttpRequest whole) {
        EchoRequest asked = EchoText.request(name, protocol, whole, bodyBytes, context.channel());
        EchoAnswer chosen = answer;
        boolean counts = health.isEmpty();
        if (counts) {
            behaviour.asked(asked);
        }
        Runnable task = () -> {
            if (counts) {
                behaviour.done();
            }
            answer(context, chosen, whole, asked);
        };
        if (chosen.delay().isZero()) {
            task.run();
        } else {
            context.executor().schedule(task, chosen.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void answer(ChannelHandlerContext context, EchoAnswer chosen, HttpRequest whole, EchoRequest asked) {
        if (chosen.closes()) {
            context.close();
        } else if (chosen.status() == SWITCHING_PROTOCOLS) {
            context.writeAndFlush(upgrade(whole)).addListener((ChannelFutureListener) written -> becomeTunnel(context));
        } else if (asked.path().equals(EchoGrpcHealth.PATH)) {
            context.writeAndFlush(EchoGrpcHealth.answer(chosen.status()));
        } else {
            context.writeAndFlush(response(chosen, asked));
        }
    }

    private FullHttpResponse upgrade(HttpRequest whole) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, "upgrade")
                .set(
                        HttpHeaderNames.UPGRADE,
                        Optional.ofNullable(whole.headers().get(HttpHeaderNames.UPGRADE))
                                .orElse("websocket"))
                .set(EchoBackend.NAME_HEADER, name);
        return response;
    }

    /** From here on every byte goes back as it came. */
    private static void becomeTunnel(ChannelHandlerContext context) {
        context.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext tunnel, Object bytes) {
                tunnel.writeAndFlush(bytes);
            }
        });
        context.pipeline().remove(HttpServerKeepAliveHandler.class);
        context.pipeline().remove(HttpServerExpectContinueHandler.class);
        context.pipeline().remove(HttpServerCodec.class);
        context.pipeline().remove(EchoHandler.class);
    }

    private FullHttpResponse response(EchoAnswer chosen, EchoRequest asked) {
        ByteBuf body = EchoText.body(chosen, asked);
        int length = body.readableBytes();
        boolean head = asked.method().equals(HttpMethod.HEAD.name());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(chosen.status()), head ? body.clear() : body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(EchoBackend.NAME_HEADER, name);
        chosen.headers().forEach((header, values) -> response.headers().set(header, values));
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client went away or sent no HTTP; nobody is left to be told.
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (request != null && health.isEmpty()) {
            behaviour.done();
        }
        request = null;
        context.fireChannelInactive();
    }
}
