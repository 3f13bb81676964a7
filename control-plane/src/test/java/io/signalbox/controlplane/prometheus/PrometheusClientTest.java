package io.signalbox.controlplane.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.prometheus.Credentials.SecretText;
import io.signalbox.controlplane.prometheus.PrometheusEndpoint.Asked;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PrometheusClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PrometheusEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = PrometheusEndpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private PrometheusClient client(Credentials credentials, Duration timeout) {
        return new PrometheusClient(new PrometheusConfig(endpoint.url(), credentials, timeout));
    }

    private String whyNot() {
        return why(client(Credentials.NONE, LONG).ask("up").join());
    }

    private static String why(QueryAnswer answer) {
        return ((QueryAnswer.Nothing) answer).why();
    }

    @Test
    void asksWhatApiV1QueryTakes() {
        endpoint.answers(query -> PrometheusEndpoint.sample("0.25"));
        String query = "sum(rate(a{pool=\"v2\",path=~\"/ä+&.*\"}[1m])) > bool 5";

        assertThat(client(Credentials.NONE, LONG).ask(query).join()).isEqualTo(new QueryAnswer.Value(0.25));
        assertThat(endpoint.asked())
                .containsExactly(new Asked(
                        "POST",
                        "/prometheus/api/v1/query",
                        Map.of("query", query, "timeout", "30s"),
                        Optional.empty()));
    }

    @Test
    void aSlashAtTheEndOfTheUrlDoesNotMatter() {
        URI url = URI.create(endpoint.url() + "/");
        new PrometheusClient(new PrometheusConfig(url, Credentials.NONE, LONG))
                .ask("up")
                .join();
        assertThat(endpoint.asked()).extracting(Asked::path).containsExactly("/prometheus/api/v1/query");
    }

    @Test
    void showsWhoItIs() {
        client(Credentials.bearer(() -> "hush"), LONG).ask("up").join();
        client(Credentials.basic("signalbox", () -> "hüsh"), LONG).ask("up").join();
        assertThat(endpoint.asked())
                .extracting(Asked::authorization)
                .containsExactly(Optional.of("Bearer hush"), Optional.of("Basic c2lnbmFsYm94OmjDvHNo"));
    }

    @Test
    void aTokenThatIsWrittenAnewIsTheNextOneShown() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "one\n");
        PrometheusClient client = client(Credentials.bearer(SecretText.in(file)), LONG);
        client.ask("up").join();
        Files.writeString(file, "two\n");
        client.ask("up").join();
        Files.writeString(file, "hush hush\n");
        QueryAnswer broken = client.ask("up").join();
        Files.delete(file);
        QueryAnswer missing = client.ask("up").join();

        assertThat(endpoint.asked())
                .extracting(Asked::authorization)
                .containsExactly(Optional.of("Bearer one"), Optional.of("Bearer two"));
        assertThat(List.of(why(broken), why(missing))).containsOnly("the credentials for Prometheus cannot be read");
    }

    @Test
    void whoIsNotLetInIsToldSoWithoutTheToken() {
        endpoint.answers(query -> PrometheusEndpoint.answer(401, "{\"status\":\"error\",\"error\":\"not hush\"}"));
        assertThat(why(client(Credentials.bearer(() -> "hush"), LONG).ask("up").join()))
                .isEqualTo("Prometheus answered 401");
    }

    @Test
    void whatIsSlowIsGivenUp() {
        endpoint.answers(query -> PrometheusEndpoint.endless());
        assertThat(why(client(Credentials.NONE, SHORT).ask("up").join()))
                .isEqualTo("Prometheus did not answer within 1 s");
    }

    @Test
    void whoIsSlowMakesNoOtherQuestionWait() {
        endpoint.answers(query -> query.equals("slow") ? PrometheusEndpoint.endless() : PrometheusEndpoint.sample("1"));
        PrometheusClient client = client(Credentials.NONE, LONG);
        CompletableFuture<QueryAnswer> slow = client.ask("slow");
        assertThat(client.ask("fast").join()).isEqualTo(new QueryAnswer.Value(1));
        assertThat(slow).isNotDone();
    }

    @Test
    void whatIsBrokenIsNoAnswer() {
        endpoint.answers(query -> PrometheusEndpoint.answer(200, "<html>Welcome"));
        assertThat(whyNot()).isEqualTo("Prometheus answered what is no answer of its API");
        endpoint.answers(query -> PrometheusEndpoint.answer(200, " ".repeat(ShortBody.MOST_BYTES + 1)));
        assertThat(whyNot()).isEqualTo("Prometheus answered more than 65536 bytes (expected: one sample)");
        endpoint.answers(query -> PrometheusEndpoint.answer(200, " ".repeat(ShortBody.MOST_BYTES)));
        assertThat(whyNot()).isEqualTo("Prometheus answered what is no answer of its API");
        endpoint.answers(query -> PrometheusEndpoint.answer(500, "{}"));
        assertThat(whyNot()).isEqualTo("Prometheus answered 500");
    }

    @Test
    void noRedirectIsFollowed() {
        endpoint.answers(query -> PrometheusEndpoint.elsewhere("/elsewhere"));
        assertThat(whyNot()).isEqualTo("Prometheus answered 307");
        assertThat(endpoint.asked()).hasSize(1);
    }

    @Test
    void whoIsAwayIsAway() {
        endpoint.close();
        assertThat(whyNot()).isEqualTo("Prometheus cannot be reached (ConnectException)");
    }
}
