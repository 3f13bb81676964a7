package io.signalbox.dataplane.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.signalbox.dataplane.config.SubjectName;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.config.UpstreamConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** TLS towards endpoints. Immutable; for any thread. */
public final class ClientTls {
    private final SslContext context;
    private final List<SNIServerName> serverNames;

    /**
     * @param shown the certificate that is shown
     * @param protocols what ALPN offers, the best first; none for no ALPN
     */
    public ClientTls(UpstreamConfig.Tls config, Optional<TlsCertificate> shown, List<String> protocols) {
        this.serverNames =
                config
                        .serverName()
                        .<SNIServerName>map(name -> new SNIHostName(name.getBytes(StandardCharsets.US_ASCII)))
                        .stream()
                        .toList();
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm(null) // which names are good the config says
                    .trustManager(new PeerTrust(
                            config.trusted(),
                            config.names().stream().map(SubjectName.Dns::new).toList()))
                    .protocols(config.versions());
            if (!protocols.isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols));
            }
            shown.ifPresent(certificate -> builder.keyManager(new ShownCertificate(certificate)));
            this.context = builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has TLS 1.2 and 1.3", e);
        }
    }

    /** For one connection. */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(serverNames);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }
}
