package io.signalbox.controlplane.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.tls.PrivateAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is shown the token. */
final class PrometheusTlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    /** Asks one question and prints the answer. */
    static final class OneQuestion {
        private OneQuestion() {}

        public static void main(String[] arguments) {
            System.out.println(new PrometheusClient(new PrometheusConfig(
                            URI.create(arguments[0]), Credentials.bearer(() -> "hush"), Duration.ofSeconds(30)))
                    .ask("up")
                    .join());
        }
    }

    @Test
    void onlyWhoTheTrustStoreVouchesForIsAskedAndShownTheToken() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(directory);
        try (PrometheusEndpoint endpoint = PrometheusEndpoint.start(authority.server("localhost"))) {
            endpoint.answers(query -> PrometheusEndpoint.sample("4.5"));
            String url = endpoint.url().toString();
            assertThat(authority.printedByStranger(OneQuestion.class, url))
                    .startsWith("Nothing[why=Prometheus cannot be reached (SSLHandshakeException: PKIX path");
            assertThat(endpoint.asked()).isEmpty();
            assertThat(authority.printedByFriend(OneQuestion.class, url)).isEqualTo("Value[value=4.5]");
            assertThat(endpoint.asked()).hasSize(1);
        }
    }
}
