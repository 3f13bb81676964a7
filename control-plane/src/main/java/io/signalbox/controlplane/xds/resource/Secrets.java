package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.signalbox.controlplane.compile.ResolvedCertificate;

/** Certificates go out as secrets of their own, so that rotating one touches no listener. */
final class Secrets {
    private Secrets() {}

    static Secret secret(ResolvedCertificate certificate) {
        return Secret.newBuilder()
                .setName(certificate.name())
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setCertificateChain(inline(certificate.spec().chain()))
                        .setPrivateKey(inline(certificate.spec().privateKey().pem())))
                .build();
    }

    private static DataSource inline(String text) {
        return DataSource.newBuilder().setInlineString(text).build();
    }
}
