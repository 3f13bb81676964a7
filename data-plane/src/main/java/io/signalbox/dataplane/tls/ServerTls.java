package io.signalbox.dataplane.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.TlsConfig;
import java.util.List;
import javax.net.ssl.SSLException;

/** TLS towards clients, from a config and the certificates it has now. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * Whatever protocols the config lists, only HTTP/1.1 is offered.
     *
     * @param certificates at least one, the default first
     */
    public static SslContext createContext(TlsConfig config, List<TlsCertificate> certificates) {
        try {
            return SslContextBuilder.forServer(new SniKeyManager(certificates))
                    .sslProvider(SslProvider.JDK)
                    .protocols(config.protocols())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            "http/1.1"))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has TLS 1.2 and 1.3", e);
        }
    }
}
