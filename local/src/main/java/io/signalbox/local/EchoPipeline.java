package io.signalbox.local;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.signalbox.local.EchoOptions.Protocol;
import io.signalbox.local.EchoOptions.Tls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a connection to an echo backend passes through before anything is echoed. */
final class EchoPipeline {
    private final String name;
    private final EchoBehaviour behaviour;
    private final Protocol protocol;
    private final Optional<SslContext> tls;

    EchoPipeline(String name, EchoBehaviour behaviour, EchoOptions options) {
        this.name = name;
        this.behaviour = behaviour;
        this.protocol = options.protocol();
        this.tls = options.tls().map(t -> context(t, options.protocol()));
    }

    void addTo(Channel channel) {
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        if (protocol == Protocol.TCP) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.pipeline().addLast(new EchoBytes(name, behaviour));
        } else if (protocol == Protocol.AUTO) {
            channel.pipeline().addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
                @Override
                protected void configurePipeline(ChannelHandlerContext context, String chosen) {
                    add(context.pipeline(), chosen.equals(ApplicationProtocolNames.HTTP_2));
                }
            });
        } else {
            add(channel.pipeline(), protocol == Protocol.HTTP2);
        }
    }

    private void add(ChannelPipeline pipeline, boolean http2) {
        if (http2) {
            pipeline.addLast(Http2FrameCodecBuilder.forServer().build());
            pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel stream) {
                    stream.pipeline()
                            .addLast(
                                    new Http2StreamFrameToHttpObjectCodec(true),
                                    new EchoHandler(name, behaviour, "HTTP/2"));
                }
            }));
        } else {
            pipeline.addLast(
                    new HttpServerCodec(),
                    new HttpServerKeepAliveHandler(),
                    new HttpServerExpectContinueHandler(),
                    new EchoHandler(name, behaviour, "HTTP/1.1"));
        }
    }

    private static SslContext context(Tls tls, Protocol protocol) {
        List<String> names = switch (protocol) {
            case HTTP1 -> List.of(ApplicationProtocolNames.HTTP_1_1);
            case HTTP2 -> List.of(ApplicationProtocolNames.HTTP_2);
            case AUTO -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
            case TCP -> List.of();
        };
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            pem(tls.certificate().chain()),
                            pem(tls.certificate().privateKey()))
                    .sslProvider(SslProvider.JDK)
                    .applicationProtocolConfig(
                            names.isEmpty()
                                    ? ApplicationProtocolConfig.DISABLED
                                    : new ApplicationProtocolConfig(
                                            ApplicationProtocolConfig.Protocol.ALPN,
                                            SelectorFailureBehavior.NO_ADVERTISE,
                                            SelectedListenerFailureBehavior.ACCEPT,
                                            names));
            tls.clientAuthority().ifPresent(root -> builder.trustManager(root).clientAuth(ClientAuth.REQUIRE));
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("no certificate for a server: " + tls.certificate(), e);
        }
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
