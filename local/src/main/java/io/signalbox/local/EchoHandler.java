package io.signalbox.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection, each when its body has come to an end. Nothing in between changes the headers,
 * which are shown as they came. Runs on the connection's event loop.
 */
final class EchoHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final JsonFactory JSON = new JsonFactory();

    private final String name;
    private final EchoBehaviour behaviour;
    private @Nullable HttpRequest request;
    private int status;
    private long bodyBytes;

    EchoHandler(String name, EchoBehaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) throws IOException {
        if (message instanceof HttpRequest head) {
            request = head;
            bodyBytes = 0;
            status = behaviour.received();
        }
        if (message instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
        }
        if (message instanceof LastHttpContent && request != null) {
            FullHttpResponse response = response(context, request);
            request = null;
            answerInTime(context, response);
        }
    }

    private void answerInTime(ChannelHandlerContext context, FullHttpResponse response) {
        long delay = behaviour.delayNanos();
        if (delay == 0) {
            answer(context, response);
        } else {
            context.executor().schedule(() -> answer(context, response), delay, TimeUnit.NANOSECONDS);
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpResponse response) {
        behaviour.done();
        context.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client went away or sent no HTTP; nobody is left to be told.
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (request != null) {
            request = null;
            behaviour.done();
        }
        context.fireChannelInactive();
    }

    private FullHttpResponse response(ChannelHandlerContext context, HttpRequest asked) throws IOException {
        ByteBuf body = context.alloc().buffer(512);
        try (ByteBufOutputStream out = new ByteBufOutputStream(body);
                JsonGenerator json = JSON.createGenerator((OutputStream) out)) {
            json.writeStartObject();
            json.writeStringField("backend", name);
            json.writeStringField("method", asked.method().name());
            json.writeStringField("path", asked.uri());
            writeHeaders(json, asked);
            json.writeNumberField("bodyBytes", bodyBytes);
            json.writeEndObject();
        }
        int length = body.readableBytes();
        boolean head = asked.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), head ? body.clear() : body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(EchoBackend.NAME_HEADER, name);
        return response;
    }

    private static void writeHeaders(JsonGenerator json, HttpRequest asked) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : asked.headers()) {
            headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                    .add(header.getValue());
        }
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            json.writeArrayFieldStart(header.getKey());
            for (String value : header.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
