package io.signalbox.local;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.signalbox.local.RawRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes back on an HTTP/2 connection, for the one stream that is waited for. */
final class Http2Answers extends Http2EventAdapter {
    private int stream;
    private int status;
    private final List<Header> headers = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;
    private Optional<String> reset = Optional.empty();
    private Optional<String> goodbye = Optional.empty();

    void expect(int next) {
        stream = next;
        status = 0;
        headers.clear();
        body.reset();
        ended = false;
        reset = Optional.empty();
    }

    Optional<RawResponse> response() {
        return ended ? Optional.of(new RawResponse(status, "", headers, body.toByteArray())) : Optional.empty();
    }

    /** @throws IOException when no response will come */
    void check() throws IOException {
        if (reset.isPresent() && !ended) {
            throw new IOException("the stream was reset: " + reset.get());
        }
    }

    boolean saidGoodbye() {
        return goodbye.isPresent();
    }

    String farewell() {
        return goodbye.map(text -> ", GOAWAY " + text).orElse("");
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int id, Http2Headers fields, int padding, boolean endOfStream) {
        if (id != stream) {
            return;
        }
        CharSequence code = fields.status();
        if (code != null && code.charAt(0) == '1') {
            return;
        }
        if (code != null) {
            status = Integer.parseInt(code.toString());
        }
        fields.forEach(field -> {
            if (field.getKey().charAt(0) != ':') {
                headers.add(
                        new Header(field.getKey().toString(), field.getValue().toString()));
            }
        });
        ended = endOfStream;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int id,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream) {
        onHeadersRead(context, id, fields, padding, endOfStream);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean endOfStream) {
        int bytes = data.readableBytes() + padding;
        if (id == stream) {
            byte[] copy = new byte[data.readableBytes()];
            data.readBytes(copy);
            body.writeBytes(copy);
            ended = endOfStream;
        }
        return bytes;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int id, long errorCode) {
        if (id == stream) {
            reset = Optional.of(name(errorCode));
        }
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int last, long errorCode, ByteBuf debug) {
        goodbye = Optional.of((name(errorCode) + " " + debug.toString(StandardCharsets.UTF_8)).strip());
    }

    private static String name(long errorCode) {
        return Optional.ofNullable(Http2Error.valueOf(errorCode))
                .map(Http2Error::name)
                .orElseGet(() -> Long.toString(errorCode));
    }
}
