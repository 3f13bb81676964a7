package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RawHttpClientTest {
    @Test
    void readsABodyByItsLength() throws Exception {
        RawResponse response = parse("GET", "HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nContent-Length: 3\r\n\r\nabcrest");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reason()).isEqualTo("OK");
        assertThat(response.headers("a")).containsExactly("1", "2");
        assertThat(response.text()).isEqualTo("abc");
    }

    @Test
    void readsChunksAndTheirTrailers() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nt: 1\r\n\r\n";
        assertThat(parse("GET", chunked).text()).isEqualTo("abc0123456789");
    }

    @Test
    void readsToTheEndWithoutALength() throws Exception {
        assertThat(parse("GET", "HTTP/1.1 200 \r\n\r\nall of it").text()).isEqualTo("all of it");
    }

    @Test
    void knowsWhichResponsesHaveNoBody() throws Exception {
        assertThat(parse("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n").text())
                .isEmpty();
        assertThat(parse("GET", "HTTP/1.1 204 No Content\r\n\r\nrest").text()).isEmpty();
        assertThat(parse("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n")
                        .text())
                .isEmpty();
    }

    @Test
    void passesOverInterimResponses() throws Exception {
        String both = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
        assertThat(parse("POST", both).status()).isEqualTo(201);
    }

    @Test
    void refusesWhatIsNoHttp() {
        assertThatThrownBy(() -> parse("GET", "SSH-2.0\r\n\r\n")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse("GET", "HTTP/1.1 200 OK\r\nno header\r\n\r\n"))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse("GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> parse("GET", "")).isInstanceOf(EOFException.class);
    }

    @Test
    void sendsTheBytesItIsGiven() throws Exception {
        RawRequest request = RawRequest.of("POST", "A.example", "/a//b/%2e?q")
                .with("X-Twice", "1")
                .with("x-twice", "2")
                .withBody("hi");
        assertThat(new String(request.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("POST /a//b/%2e?q HTTP/1.1\r\nHost: A.example\r\nX-Twice: 1\r\nx-twice: 2\r\n"
                        + "Content-Length: 2\r\n\r\nhi");
    }

    @Test
    void talksToAnEchoBackendOverOneConnection() throws Exception {
        try (EchoBackend backend = EchoBackend.start("v1");
                RawConnection connection =
                        RawHttpClient.plain(backend.host(), backend.port()).connect()) {
            RawResponse first = connection.send(
                    RawRequest.get("h", "/a?b=c").with("X-A", "1").with("x-a", "2"));
            RawResponse second = connection.send(RawRequest.of("HEAD", "h", "/"));

            assertThat(first.backend()).contains("v1");
            assertThat(first.text())
                    .isEqualTo("{\"backend\":\"v1\",\"protocol\":\"HTTP/1.1\",\"method\":\"GET\",\"path\":\"/a?b=c\","
                            + "\"headers\":{\"host\":[\"h\"],\"x-a\":[\"1\",\"2\"]},\"bodyBytes\":0}");
            assertThat(second.status()).isEqualTo(200);
            assertThat(connection.isOpen()).isTrue();
            assertThat(backend.total()).isEqualTo(2);
            assertThat(backend.inFlight()).isZero();
        }
    }

    @Test
    void aBackendFailsAndWaitsAsItIsTold() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EchoBackend backend = EchoBackend.start("v1");
                RawConnection connection =
                        RawHttpClient.plain(backend.host(), backend.port()).connect()) {
            backend.fail(0.5, 503);
            List<Integer> statuses = List.of(
                    connection.send(RawRequest.get("h", "/")).status(),
                    connection.send(RawRequest.get("h", "/")).status(),
                    connection.send(RawRequest.get("h", "/")).status(),
                    connection.send(RawRequest.get("h", "/")).status());
            assertThat(statuses).containsExactly(200, 503, 200, 503);

            backend.delay(Duration.ofMinutes(10));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(connection), threads);
            sent.get();
            assertThat(Waiting.until(
                            Duration.ofSeconds(20),
                            () -> Optional.of(backend.inFlight()).filter(n -> n == 1)))
                    .contains(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void trustsOneAuthorityAndChecksTheName() throws Exception {
        TestCertificates ours = TestCertificates.authority();
        TestCertificates.Issued issued = ours.issue("shop.example.com", "*.shop.example.com");

        assertThat(issued.chain()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(issued.privateKey()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(issued).asString().doesNotContain("BEGIN");
        issued.certificate().verify(ours.root().getPublicKey());
        assertThat(issued.certificate().getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("*.shop.example.com"));

        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        TestCertificates.Issued expired = ours.issue(past, past.plusSeconds(60), List.of("old.example.com"));
        assertThat(expired.certificate().getNotAfter().toInstant()).isEqualTo(past.plusSeconds(60));
    }

    private static void write(RawConnection connection) {
        try {
            connection.write(RawRequest.get("h", "/").toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawResponse parse(String method, String text) throws IOException {
        return new ResponseParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).parse(method);
    }
}
