package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.envoy.EnvoyBinary;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TLS side of {@link RawHttpClient}, against an Envoy with a certificate of ours. */
class TlsTest {
    @TempDir
    Path directory;

    @Test
    void acceptsOnlyTheNameAndTheAuthorityItWasTold() throws Exception {
        TestCertificates ours = TestCertificates.authority();
        TestCertificates.Issued issued = ours.issue("shop.example.com");
        try (EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.find(), bootstrap(issued))) {
            InetSocketAddress edge = envoy.awaitListener("edge", Duration.ofSeconds(20));

            try (RawConnection connection =
                    RawHttpClient.tls(edge, "shop.example.com", ours.root()).connect()) {
                assertThat(connection.serverCertificate()).contains(issued.certificate());
                assertThat(connection.send(RawRequest.get("h", "/")).text()).isEqualTo("h1");
            }
            assertThatThrownBy(() -> RawHttpClient.tls(edge, "other.example.com", ours.root())
                            .connect())
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> RawHttpClient.tls(
                                    edge,
                                    "shop.example.com",
                                    TestCertificates.authority().root())
                            .connect())
                    .isInstanceOf(SSLException.class);
        }
    }

    private String bootstrap(TestCertificates.Issued issued) throws Exception {
        Path chain = Files.writeString(directory.resolve("chain.pem"), issued.chain());
        Path key = Files.writeString(directory.resolve("key.pem"), issued.privateKey());
        return """
            admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
            static_resources:
              listeners:
              - name: edge
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: edge
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                        - name: all
                          domains: ["*"]
                          routes: [{match: {prefix: /}, direct_response: {status: 200, body: {inline_string: h1}}}]
                  transport_socket:
                    name: envoy.transport_sockets.tls
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                      common_tls_context:
                        alpn_protocols: [h2, http/1.1]
                        tls_certificates:
                        - certificate_chain: {filename: "%s"}
                          private_key: {filename: "%s"}
            """.formatted(chain, key);
    }
}
