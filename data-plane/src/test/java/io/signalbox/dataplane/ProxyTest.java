package io.signalbox.dataplane;

import static io.signalbox.dataplane.Bootstraps.cluster;
import static io.signalbox.dataplane.Bootstraps.plain;
import static io.signalbox.dataplane.Bootstraps.toCluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.local.EchoBackend;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request after the other through a data plane with a static config. */
class ProxyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void forwardsToABackendAndBack() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    seen.complete(peer.readHead());
                    peer.write("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nServer: mine\r\nDate: then\r\n"
                            + "Connection: x-foo\r\nX-Foo: A\r\nKeep-Alive: 3\r\n\r\nok");
                    peer.readHead();
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            RawResponse response =
                    proxy.client().send(RawRequest.get("X.com", "/a?b").with("User-Agent", "Test"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.reason()).isEqualTo("OK");
            assertThat(response.text()).isEqualTo("ok");
            assertThat(response.headers().stream().map(h -> h.name() + ": " + h.value()))
                    .filteredOn(line -> !line.startsWith("x-envoy-upstream-service-time: "))
                    .containsExactlyInAnyOrder("content-length: 2", "server: envoy", "date: then", "x-foo: A");
            assertThat(response.header("x-envoy-upstream-service-time").orElseThrow())
                    .matches("\\d+");
        }
        List<String> lines = seen.get(5, TimeUnit.SECONDS).lines().toList();
        assertThat(lines).startsWith("GET /a?b HTTP/1.1", "host: X.com", "user-agent: Test");
        assertThat(lines)
                .contains(
                        "x-forwarded-proto: http",
                        "x-envoy-external-address: 127.0.0.1",
                        "x-envoy-expected-rq-timeout-ms: 15000")
                .anyMatch(l -> l.startsWith("x-forwarded-for: "))
                .anyMatch(l -> l.startsWith("x-request-id: "));
    }

    @Test
    void keepsConnectionsOnBothSides() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.answering(OK);
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(connection.send(RawRequest.get("x", "/")).text()).isEqualTo("ok");
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void neverUsesAPooledConnectionThatTheBackendHasClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    peer.write(OK);
                    closed.countDown();
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            assertThat(connection.send(RawRequest.get("x", "/")).status()).isEqualTo(200);
            closed.await();
            // The close is on its way; the first answers may still hit it, as with Envoy, and soon none does.
            await().until(() -> connection.send(RawRequest.get("x", "/")).status() == 200);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (EchoBackend slow = EchoBackend.start("slow");
                EchoBackend fast = EchoBackend.start("fast");
                TestProxy proxy = TestProxy.start(plain(
                        "- {match: {path: /direct}, direct_response: {status: 200, body: {inline_string: direct}}}\n"
                                + toCluster("/slow", "slow")
                                + toCluster("/", "fast"),
                        cluster("slow", slow.port()),
                        cluster("fast", fast.port())));
                RawConnection connection = proxy.client().connect()) {
            slow.delay(Duration.ofMillis(100));
            StringBuilder requests = new StringBuilder();
            for (String path : List.of("/slow", "/fast", "/direct", "/slow", "/direct", "/direct")) {
                requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            connection.write(requests.toString().getBytes(StandardCharsets.ISO_8859_1));

            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                RawResponse response = connection.read("GET");
                answers.add(response.backend().orElseGet(response::text));
            }
            assertThat(answers).containsExactly("slow", "fast", "direct", "slow", "direct", "direct");
        }
    }

    @Test
    void passesBodiesOn() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        String body;
                        if (head.contains("transfer-encoding: chunked")) {
                            body = peer.read("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".length());
                        } else {
                            body = peer.read(5);
                        }
                        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nT: x\r\n\r\n");
                    }
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            RawResponse withLength =
                    connection.send(RawRequest.of("POST", "x", "/").withBody("hello"));
            assertThat(withLength.text()).isEqualTo("hello");
            assertThat(withLength.header("transfer-encoding")).contains("chunked");

            // Trailers end here, as with Envoy.
            connection.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            connection.write("2\r\nde\r\n0\r\nT: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(connection.read("POST").text()).isEqualTo("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void tellsAWaitingClientToContinue() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    seen.complete(peer.readHead());
                    peer.read(3);
                    peer.write(OK);
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                Socket socket =
                        new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            String interim = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(interim.length()), StandardCharsets.ISO_8859_1))
                    .isEqualTo(interim);
            socket.getOutputStream().write("abc".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(seen.get(5, TimeUnit.SECONDS)).doesNotContain("\nexpect: ");
    }

    @Test
    void dropsInterimResponses() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.answering(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK);
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            RawResponse response = proxy.client().send(RawRequest.get("x", "/"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("link")).isEmpty();
        }
    }

    @Test
    void passesResponsesWithoutBodyOn() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        peer.write(
                                head.startsWith("HEAD")
                                        ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                                        : head.contains("/204")
                                                ? "HTTP/1.1 204 No Content\r\n\r\n"
                                                : "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n");
                    }
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            assertThat(connection.send(RawRequest.of("HEAD", "x", "/")).header("content-length"))
                    .contains("1000");
            assertThat(connection.send(RawRequest.get("x", "/204")).header("transfer-encoding"))
                    .isEmpty();
            assertThat(connection.send(RawRequest.get("x", "/304")).header("content-length"))
                    .contains("10");
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void chunksAResponseThatEndsWithItsConnection() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            for (int i = 1; i <= 2; i++) {
                RawResponse response = connection.send(RawRequest.get("x", "/"));
                assertThat(response.text()).isEqualTo("until the end");
                assertThat(response.header("transfer-encoding")).contains("chunked");
                assertThat(backend.connections()).isEqualTo(i);
            }
        }
    }

    @Test
    void answersByItselfWhenThereIsNobodyToAsk() throws Exception {
        try (TestProxy proxy = TestProxy.start(plain(
                        toCluster("/unknown", "unknown") + toCluster("/empty", "empty") + toCluster("/dead", "dead"),
                        cluster("empty"),
                        cluster("dead", FreePorts.next())));
                RawConnection connection = proxy.client().connect()) {
            assertLocal(connection.send(RawRequest.get("x", "/none")), 404, "");
            assertLocal(connection.send(RawRequest.get("x", "/unknown")), 503, "");
            assertLocal(connection.send(RawRequest.get("x", "/empty")), 503, "no healthy upstream");
            assertLocal(
                    connection.send(RawRequest.get("x", "/dead")),
                    503,
                    "upstream connect error or disconnect/reset before headers. reset reason: remote connection"
                            + " failure");
        }
    }

    private static void assertLocal(RawResponse response, int status, String text) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(text);
        assertThat(response.header("server")).contains("envoy");
        assertThat(response.header("date")).isPresent();
        assertThat(response.header("content-type").isPresent()).isEqualTo(!text.isEmpty());
        assertThat(response.header("x-envoy-upstream-service-time")).isEmpty();
        assertThat(response.header("connection")).isEmpty();
    }

    @Test
    void reportsBackendsThatHangUpOrSpeakNonsense() throws Exception {
        try (ScriptedBackend silent = ScriptedBackend.start(ScriptedBackend.Peer::readHead);
                ScriptedBackend nonsense = ScriptedBackend.answering("SMTP hello\r\n\r\n");
                TestProxy proxy = TestProxy.start(plain(
                        toCluster("/silent", "silent") + toCluster("/nonsense", "nonsense"),
                        cluster("silent", silent.port()),
                        cluster("nonsense", nonsense.port())));
                RawConnection connection = proxy.client().connect()) {
            assertLocal(
                    connection.send(RawRequest.get("x", "/silent")),
                    503,
                    "upstream connect error or disconnect/reset before headers. reset reason: connection termination");
            assertLocal(
                    connection.send(RawRequest.get("x", "/nonsense")),
                    502,
                    "upstream connect error or disconnect/reset before headers. reset reason: protocol error");
        }
    }

    @Test
    void cutsTheConnectionWhenAResponseBreaksOff() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            String answer = proxy.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer).contains("content-length: 1000").endsWith("\r\n\r\nabc");
        }
    }

    @Test
    void timesOut() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    closed.complete(peer.isAtEnd());
                });
                TestProxy proxy = TestProxy.start(plain(
                        "- {match: {prefix: /}, route: {cluster: c, timeout: 0.05s}}\n",
                        cluster("c", backend.port())));
                RawConnection connection = proxy.client().connect()) {
            // A slow machine may take the time for connecting alone; then no backend sees the request.
            await().until(() -> {
                assertLocal(connection.send(RawRequest.get("x", "/")), 504, "upstream request timeout");
                return closed.isDone();
            });
            assertThat(closed.get()).isTrue();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesTakesItsRequestWithIt() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    arrived.countDown();
                    closed.complete(peer.isAtEnd());
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            try (Socket socket =
                    new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                arrived.await();
            }
            assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.answering(OK);
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            String answer = proxy.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).contains("connection: close").endsWith("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nBad Header: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nA : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nNoColon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\r\n\tGET / HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void refusesWhatIsNotHttpAndCloses(String request) throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(ScriptedBackend.Peer::isAtEnd);
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())))) {
            assertThat(proxy.exchange(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("connection: close")
                    .endsWith("Bad Request");
        }
    }

    @Test
    void limitsTheSizeOfHeaders() throws Exception {
        try (TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", FreePorts.next())))) {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(62_000) + "\r\n\r\n",
                    "GET /" + "x".repeat(62_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
                assertThat(proxy.exchange(request))
                        .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                        .contains("connection: close");
            }
        }
    }

    @Test
    void answersBeforeTheBodyHasComeAndThenCloses() throws Exception {
        try (TestProxy proxy = TestProxy.start(
                plain("- {match: {prefix: /}, direct_response: {status: 200, body: {inline_string: no thanks}}}\n"))) {
            String answer = proxy.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(answer).contains("connection: close").endsWith("no thanks");
        }
    }

    @Test
    void respondsAndRedirectsByItself() throws Exception {
        try (TestProxy proxy = TestProxy.start(plain("""
                        - {match: {path: /text}, direct_response: {status: 418, body: {inline_string: tea}}}
                        - {match: {path: /empty}, direct_response: {status: 200}}
                        - {match: {path: /none}, direct_response: {status: 204}}
                        - {match: {path: /made}, direct_response: {status: 201}}
                        - {match: {path: /old}, redirect: {path_redirect: /new}}
                        """));
                RawConnection connection = proxy.client().connect()) {
            RawResponse text = connection.send(RawRequest.get("x", "/text"));
            assertThat(text.reason()).isEqualTo("Unknown");
            assertThat(text.header("content-type")).contains("text/plain");
            assertThat(text.text()).isEqualTo("tea");
            assertThat(connection.send(RawRequest.get("x", "/empty")).header("content-length"))
                    .contains("0");
            RawResponse head = connection.send(RawRequest.of("HEAD", "x", "/text"));
            assertThat(head.header("content-length")).contains("3");
            assertThat(head.text()).isEmpty();
            assertThat(connection.send(RawRequest.get("x", "/none")).header("content-length"))
                    .isEmpty();
            assertThat(connection.send(RawRequest.get("x", "/made")).header("location"))
                    .contains("http://x/made");
            RawResponse redirect = connection.send(RawRequest.get("x", "/old?q"));
            assertThat(redirect.status()).isEqualTo(301);
            assertThat(redirect.header("location")).contains("http://x/new?q");
        }
    }

    @Test
    void takesTurnsAndLooksForTheIdle() throws Exception {
        try (EchoBackend a = EchoBackend.start("a");
                EchoBackend b = EchoBackend.start("b");
                TestProxy proxy = TestProxy.start(plain(
                        toCluster("/turns", "turns") + toCluster("/idle", "idle"),
                        cluster("turns", a.port(), b.port()),
                        cluster("idle", "LEAST_REQUEST", a.port(), b.port())))) {
            RawHttpClient client = proxy.client();
            List<String> turns = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                turns.add(client.send(RawRequest.get("x", "/turns")).backend().orElseThrow());
            }
            assertThat(turns).containsOnly("a", "b");
            for (int i = 1; i < turns.size(); i++) {
                assertThat(turns.get(i)).isNotEqualTo(turns.get(i - 1));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(RawRequest.get("x", "/idle")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void endsWhatIsInFlightWhenItCloses() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
            peer.readHead();
            arrived.countDown();
            awaitQuietly(go);
            peer.write(OK);
        })) {
            TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
            CompletableFuture<String> answer =
                    CompletableFuture.supplyAsync(() -> exchangeQuietly(proxy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
            arrived.await();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(proxy::close);
            await().until(() -> proxy.dataPlane().listeners().isEmpty());
            go.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS)).contains("200 OK").contains("connection: close");
            closed.get(10, TimeUnit.SECONDS);
            assertThat(proxy.dataPlane().whenClosed().toCompletableFuture()).isDone();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String exchangeQuietly(TestProxy proxy, String request) {
        try {
            return proxy.exchange(request);
        } catch (IOException e) {
            return "failed: " + e;
        }
    }
}
