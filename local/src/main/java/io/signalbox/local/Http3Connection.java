package io.signalbox.local;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.signalbox.local.RawRequest.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** One HTTP/3 connection of a {@link RawHttpClient}, over QUIC. One request at a time; for one thread. */
public final class Http3Connection implements ClientConnection {
    private static final int WINDOW = 16 << 20;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("http3-client", true), NioIoHandler.newFactory());
    private final long timeoutMillis;
    private final QuicChannel quic;

    /** The handshake is over when this returns. */
    Http3Connection(InetSocketAddress local, InetSocketAddress server, ClientTls tls, Duration timeout)
            throws IOException {
        this.timeoutMillis = timeout.toMillis();
        try {
            this.quic = connect(local, server, tls);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private QuicChannel connect(InetSocketAddress local, InetSocketAddress server, ClientTls tls) throws IOException {
        QuicSslContext context = QuicSslContextBuilder.forClient()
                .trustManager(tls.roots().toArray(new X509Certificate[0]))
                .endpointIdentificationAlgorithm(tls.demandsName() ? "HTTPS" : "")
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(Http3.newQuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.serverName()
                                .map(name -> context.newEngine(channel.alloc(), name, server.getPort()))
                                .orElseGet(() -> context.newEngine(channel.alloc())))
                        .maxIdleTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                        .initialMaxData(WINDOW)
                        .initialMaxStreamDataBidirectionalLocal(WINDOW)
                        .build())
                .bind(local);
        get(bound, "a socket");
        return get(
                QuicChannel.newBootstrap(bound.channel())
                        .handler(new Http3ClientConnectionHandler())
                        .remoteAddress(server)
                        .connect(),
                "a connection");
    }

    /**
     * Sends a request and returns its response.
     *
     * @throws IOException when there is none: the stream was reset, or the connection ended
     * @throws SocketTimeoutException when neither comes in time
     */
    public RawResponse send(Http2Request request) throws IOException {
        Http3Answer answer = new Http3Answer();
        QuicStreamChannel stream = get(Http3.newRequestStream(quic, answer), "a stream");
        boolean hasBody = request.body().length > 0;
        boolean hasTrailers = !request.trailers().isEmpty();
        write(stream, headers(request.headers()), !hasBody && !hasTrailers);
        if (hasBody) {
            write(stream, new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(request.body())), !hasTrailers);
        }
        if (hasTrailers) {
            write(stream, headers(request.trailers()), true);
        }
        return answer.await(timeoutMillis);
    }

    private static Http3HeadersFrame headers(List<Header> fields) {
        Http3HeadersFrame frame = new DefaultHttp3HeadersFrame();
        fields.forEach(field -> frame.headers().add(field.name(), field.value()));
        return frame;
    }

    private static void write(QuicStreamChannel stream, Object frame, boolean last) {
        var written = stream.writeAndFlush(frame);
        if (last) {
            written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }
    }

    private <T> T get(Future<T> future, String what) throws IOException {
        if (!future.awaitUninterruptibly(timeoutMillis)) {
            throw new SocketTimeoutException(what + " did not come in " + timeoutMillis + " ms");
        }
        if (!future.isSuccess()) {
            throw new IOException(what + " did not come: " + future.cause(), future.cause());
        }
        return future.getNow();
    }

    @Override
    public boolean isOpen() {
        return quic.isActive();
    }

    @Override
    public Optional<X509Certificate> serverCertificate() {
        try {
            Certificate[] shown = engine().getSession().getPeerCertificates();
            return Optional.of((X509Certificate) shown[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<ClientTls.Session> tlsSession() {
        return Optional.of(new ClientTls.Session(
                engine().getSession().getProtocol(),
                engine().getSession().getCipherSuite(),
                Optional.ofNullable(engine().getApplicationProtocol())));
    }

    private SSLEngine engine() {
        SSLEngine engine = quic.sslEngine();
        if (engine == null) {
            throw new IllegalStateException("a connection of QUIC without TLS");
        }
        return engine;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
