package io.signalbox.dataplane;

import static io.signalbox.dataplane.Bootstraps.listener;
import static io.signalbox.dataplane.Bootstraps.withListener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TLS with certificates in the bootstrap; those that come by SDS are in {@code AdsTest}. */
class TlsTest {
    private static final String ROUTES = "- {match: {prefix: /}, direct_response: {status: 201}}\n";

    private final TestCertificates authority = TestCertificates.authority();

    @Test
    void servesEachNameWithItsCertificate() throws Exception {
        Issued first = authority.issue("first.example.com");
        Issued exact = authority.issue("a.example.com");
        Issued wildcard = authority.issue("*.example.com");
        try (TestProxy proxy = TestProxy.start(withListener(listener("l", ROUTES, tls(first, exact, wildcard))))) {
            Map<String, Issued> expected = Map.of(
                    "first.example.com", first,
                    "a.example.com", exact,
                    "A.Example.COM", first,
                    "b.example.com", wildcard,
                    "x.b.example.com", first,
                    "example.com", first,
                    "", first);
            for (Map.Entry<String, Issued> e : expected.entrySet()) {
                assertThat(shownCertificate(proxy, e.getKey()))
                        .as(e.getKey())
                        .isEqualTo(e.getValue().certificate());
            }
        }
    }

    private X509Certificate shownCertificate(TestProxy proxy, String name) throws Exception {
        try (RawConnection connection = RawHttpClient.tlsOfAnyName(
                        proxy.address(), Optional.of(name).filter(n -> !n.isEmpty()), authority.root())
                .connect()) {
            return connection.serverCertificate().orElseThrow();
        }
    }

    @Test
    void tellsThatTheConnectionIsSecure() throws Exception {
        Issued certificate = authority.issue("a.example.com");
        try (TestProxy proxy = TestProxy.start(withListener(listener("l", ROUTES, tls(certificate))))) {
            RawResponse response = RawHttpClient.tls(proxy.address(), "a.example.com", authority.root())
                    .send(RawRequest.get("a.example.com", "/x"));
            assertThat(response.header("location")).contains("https://a.example.com/x");
        }
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        Issued one = authority.issue("a.example.com");
        Issued other = authority.issue("a.example.com");
        Issued mixed = new Issued(one.chain(), other.privateKey(), one.certificate());
        assertThatThrownBy(() -> TestProxy.start(withListener(listener("l", ROUTES, tls(mixed)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tls_certificates[0].private_key: does not belong to the certificate")
                .hasMessageNotContaining("BEGIN");
    }

    private static String tls(Issued... certificates) {
        StringBuilder text = new StringBuilder("""
                transport_socket:
                      name: tls
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                        common_tls_context:
                          alpn_protocols: [h2, http/1.1]
                          tls_certificates:
                """);
        for (Issued certificate : certificates) {
            text.append("          - {certificate_chain: {inline_string: \"")
                    .append(certificate.chain().replace("\n", "\\n"))
                    .append("\"}, private_key: {inline_string: \"")
                    .append(certificate.privateKey().replace("\n", "\\n"))
                    .append("\"}}\n");
        }
        return text.toString().stripTrailing();
    }
}
