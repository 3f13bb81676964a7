package io.signalbox.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import io.signalbox.local.RawRequest.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP/2 connection of a {@link RawHttpClient}, begun without asking (prior knowledge, or ALPN before). Netty's codec
 * makes and reads the frames; the bytes go over the blocking socket. One request at a time; for one thread.
 */
public final class Http2Connection implements ClientConnection {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket;
    private final RawConnection underneath;
    private final InputStream in;
    private final OutputStream out;
    private final Http2Answers answers = new Http2Answers();
    private final EmbeddedChannel codec;
    private final ChannelHandlerContext context;
    private final Http2ConnectionHandler handler;
    private int nextStream = 1;

    Http2Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.underneath = new RawConnection(socket);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.handler = new Http2ConnectionHandlerBuilder()
                .server(false)
                .validateHeaders(false)
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                .frameListener(answers)
                .build();
        this.codec = new EmbeddedChannel(handler);
        this.context = codec.pipeline().context(handler);
        flush();
    }

    /**
     * Sends a request and returns its response. Trailers stand after the other headers.
     *
     * @throws IOException when there is none: the stream was reset, or the connection ended
     */
    public RawResponse send(Http2Request request) throws IOException {
        int stream = nextStream;
        nextStream += 2;
        answers.expect(stream);
        boolean hasBody = request.body().length > 0;
        boolean hasTrailers = !request.trailers().isEmpty();
        write(stream, request.headers(), !hasBody && !hasTrailers);
        if (hasBody) {
            ByteBuf body = Unpooled.wrappedBuffer(request.body());
            handler.encoder().writeData(context, stream, body, 0, !hasTrailers, context.newPromise());
        }
        if (hasTrailers) {
            write(stream, request.trailers(), true);
        }
        codec.flushOutbound();
        flush();
        while (answers.response().isEmpty()) {
            receive();
        }
        return answers.response().get();
    }

    private void write(int stream, List<Header> fields, boolean end) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        fields.forEach(field -> headers.add(wire(field.name()), wire(field.value())));
        handler.encoder().writeHeaders(context, stream, headers, 0, end, context.newPromise());
    }

    /** UTF-8, so that a test can send what HTTP does not allow. */
    private static AsciiString wire(String text) {
        return new AsciiString(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private void receive() throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        int read = in.read(bytes);
        if (read < 0) {
            throw new IOException("the connection ended" + answers.farewell());
        }
        codec.writeInbound(Unpooled.wrappedBuffer(bytes, 0, read));
        flush();
        answers.check();
    }

    private void flush() throws IOException {
        codec.checkException();
        for (ByteBuf next = codec.readOutbound(); next != null; next = codec.readOutbound()) {
            next.readBytes(out, next.readableBytes());
            next.release();
        }
        out.flush();
    }

    @Override
    public boolean isOpen() {
        return !answers.saidGoodbye() && !socket.isClosed();
    }

    @Override
    public Optional<X509Certificate> serverCertificate() {
        return underneath.serverCertificate();
    }

    @Override
    public Optional<ClientTls.Session> tlsSession() {
        return underneath.tlsSession();
    }

    @Override
    public void close() throws IOException {
        codec.releaseOutbound();
        socket.close();
    }
}
