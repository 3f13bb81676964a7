package io.signalbox.dataplane.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.TlsConfig;
import java.util.List;
import javax.net.ssl.SSLException;

/** TLS towards clients, from a config and the certificates it has now. Immutable; for any thread. */
public final class ServerTls {
    private final SslContext context;
    private final CipherOrder ciphers;

    /**
     * @param certificates at least one, the default first
     */
    public ServerTls(TlsConfig config, List<TlsCertificate> certificates) {
        this.ciphers = new CipherOrder(config.ciphers());
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(new SniKeyManager(certificates))
                    .sslProvider(SslProvider.JDK)
                    .protocols(config.protocols())
                    .ciphers(ciphers.all())
                    .applicationProtocolConfig(alpn(config.alpn()));
            config.clients()
                    .ifPresent(
                            clients -> builder.clientAuth(clients.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                                    .trustManager(new PeerTrust(clients.trusted(), clients.names())));
            this.context = builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has TLS 1.2 and 1.3", e);
        }
    }

    /** Puts it at the end of a new channel's pipeline. */
    public ClientIdentity install(Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc());
        channel.pipeline().addLast(new HelloHandler(handler.engine(), ciphers), handler);
        return new ClientIdentity(handler.engine());
    }

    /** A client that knows none of them goes on without. */
    private static ApplicationProtocolConfig alpn(List<String> offered) {
        return offered.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        offered);
    }
}
