package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.http.PathTable;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bytes to a real Envoy and to this data plane, both with one bootstrap: client and backend must see the same.
 * The order of headers, ids, dates and times are left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyComparisonTest {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final ScriptedBackend backend = backend();
    private final EnvoyProcess envoy = envoy();
    private final DataPlane dataPlane = dataPlane();

    private static ScriptedBackend backend() {
        try {
            return ScriptedBackend.start(EnvoyComparisonTest::echo);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers with the request as it came, or as its path says. */
    private static void echo(ScriptedBackend.Peer peer) throws IOException {
        for (String head = peer.readHead(); head != null; head = peer.readHead()) {
            String path = head.split(" ", 3)[1];
            String seen = head + body(peer, head);
            String length = "Content-Length: " + seen.length() + "\r\n";
            switch (path) {
                case "/to/close" -> {
                    return;
                }
                case "/to/nonsense" -> peer.write("HTTP/1.1 abc\r\n\r\n");
                case "/to/204" -> peer.write("HTTP/1.1 204 No Content\r\n\r\n");
                case "/to/304" -> peer.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n");
                case "/to/499" -> peer.write("HTTP/1.1 499 What\r\nContent-Length: 0\r\n\r\n");
                case "/to/old" -> peer.write("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc");
                case "/to/103" ->
                    peer.write("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n" + length + "\r\n" + seen);
                case "/to/chunks" ->
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(seen.length()) + "\r\n" + seen + "\r\n0\r\nT: x\r\n\r\n");
                case "/to/end" -> {
                    peer.write("HTTP/1.1 200 OK\r\n\r\n" + seen);
                    return;
                }
                case "/to/hops" ->
                    peer.write("HTTP/1.1 200 OK\r\nConnection: x-foo\r\nX-Foo: 1\r\nKeep-Alive: timeout=5\r\n"
                            + "Upgrade: h2c\r\nProxy-Connection: keep-alive\r\nX-MiXed: AbC\r\nServer: mine\r\n"
                            + "Trailer: q\r\nTE: trailers\r\nProxy-Authenticate: a\r\nSet-Cookie: a=1\r\n"
                            + "Set-Cookie: b=2\r\n" + length + "\r\n" + seen);
                default -> {
                    boolean isHead = head.startsWith("HEAD ");
                    peer.write(
                            "HTTP/1.1 200 OK\r\n" + (isHead ? "Content-Length: 1000\r\n\r\n" : length + "\r\n" + seen));
                }
            }
        }
    }

    private static String body(ScriptedBackend.Peer peer, String head) throws IOException {
        for (String line : head.split("\r\n")) {
            if (line.startsWith("content-length: ")) {
                return peer.read(Integer.parseInt(line.substring("content-length: ".length())));
            }
            if (line.equals("transfer-encoding: chunked")) {
                StringBuilder body = new StringBuilder();
                while (body.indexOf("0\r\n\r\n") < 0) {
                    body.append(peer.read(1));
                }
                return body.toString();
            }
        }
        return "";
    }

    private String bootstrap() {
        String routes = """
                - {match: {path: /respond}, direct_response: {status: 200, body: {inline_string: hello}}}
                - {match: {path: /redirect}, redirect: {host_redirect: other.com}}
                - {match: {path: /unknown}, route: {cluster: unknown}}
                - {match: {path: /empty}, route: {cluster: empty}}
                - {match: {path: /dead}, route: {cluster: dead}}
                - {match: {path: /none}, direct_response: {status: 404}}
                - {match: {prefix: /rewritten/}, route: {cluster: to, prefix_rewrite: /r/}}
                - {match: {prefix: /renamed/}, route: {cluster: to, host_rewrite_literal: other}}
                - {match: {prefix: /unlimited/}, route: {cluster: to, timeout: 0s}}
                """
                + IntStream.range(200, 600)
                        .mapToObj("- {match: {path: /status/%1$d}, direct_response: {status: %1$d}}\n"::formatted)
                        .collect(Collectors.joining())
                + Bootstraps.toCluster("/", "to");
        return Bootstraps.withListener(
                Bootstraps.listener("edge", routes, "")
                        + listener("inner", "use_remote_address: false\nserver_name: inner\n")
                        + listener(
                                "strict",
                                "path_with_escaped_slashes_action: REJECT_REQUEST\nstrip_any_host_port: true\nalways_set_request_id_in_response: true\n")
                        + listener(
                                "open",
                                "use_remote_address: true\nskip_xff_append: true\npath_with_escaped_slashes_action: UNESCAPE_AND_FORWARD\n")
                        + listener(
                                "merging",
                                "use_remote_address: true\nmerge_slashes: true\npreserve_external_request_id: true\n"),
                Bootstraps.cluster("to", backend.port()),
                Bootstraps.cluster("empty"),
                Bootstraps.cluster("dead", FreePorts.next()));
    }

    private static String listener(String name, String options) {
        return Bootstraps.listener(name, Bootstraps.toCluster("/", "to"), "", options);
    }

    private EnvoyProcess envoy() {
        try {
            return EnvoyProcess.start(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), bootstrap());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private DataPlane dataPlane() {
        try {
            return TestProxy.open(bootstrap(), TestProxy.SETTINGS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    void start() throws Exception {
        envoy.awaitReady(Duration.ofSeconds(30));
        dataPlane.whenServing().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() throws IOException {
        dataPlane.close();
        envoy.close();
        backend.close();
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.dataplane.http.PathTable#rows")
    void normalizePathsAlike(PathTable.Row row) throws IOException {
        String request = "GET " + row.path() + " HTTP/1.1\r\nHost: x\r\n\r\n";
        List<String> ours = ask(ours("edge"), request);
        assertThat(ours).isEqualTo(ask(envoys("edge"), request));
        String result = row.result();
        if (result.equals("400")) {
            assertThat(ours).contains("400 Bad Request");
        } else if (result.startsWith("-> ")) {
            assertThat(ours).contains("307 Temporary Redirect", "location: " + result.substring(3));
        } else {
            assertThat(ours).contains("| GET " + result + " HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inner", "strict", "open", "merging"})
    void honourOptionsAlike(String listener) throws IOException {
        for (String request : List.of(
                "GET /b/a%2fb//c/../d HTTP/1.1\r\nHost: all.com:99\r\nx-request-id: abc\r\nx-forwarded-for: 1.2.3.4\r\n"
                        + "x-envoy-internal: true\r\nx-envoy-external-address: 1.1.1.1\r\n\r\n",
                "GET /b HTTP/1.1\r\nHost: all.com\r\nx-forwarded-proto: https\r\nx-envoy-decorator-operation: q\r\n"
                        + "x-envoy-downstream-service-cluster: q\r\nx-envoy-max-retries: 3\r\n\r\n",
                "GET /b HTTP/1.1\r\nHost: [::1]:80\r\nx-forwarded-proto: ftp\r\n\r\n")) {
            assertThat(ask(ours(listener), request)).isEqualTo(ask(envoys(listener), request));
        }
    }

    @ParameterizedTest
    @MethodSource
    void answerAlike(String request) throws IOException {
        assertThat(ask(ours("edge"), request)).isEqualTo(ask(envoys("edge"), request));
    }

    static Stream<String> answerAlike() {
        String host = "Host: x\r\n";
        Stream<String> simple = Stream.of(
                        "GET /respond",
                        "HEAD /respond",
                        "HEAD /none",
                        "GET /none",
                        "GET /redirect?a=b",
                        "GET /unknown",
                        "GET /empty",
                        "GET /dead",
                        "HEAD /dead",
                        "GET /b%00",
                        "HEAD /b%00",
                        "GET /to/close",
                        "GET /to/nonsense",
                        "GET /to/204",
                        "GET /to/304",
                        "GET /to/499",
                        "GET /to/old",
                        "GET /to/103",
                        "GET /to/chunks",
                        "GET /to/end",
                        "GET /to/hops",
                        "HEAD /to/it",
                        "GET /rewritten/x?y",
                        "GET /renamed/x?y",
                        "GET /unlimited/x",
                        "POST /to/it",
                        "PUT /to/it",
                        "PATCH /to/it",
                        "DELETE /to/it",
                        "OPTIONS /to/it",
                        "OPTIONS *",
                        "TRACE /to/it",
                        "PROPFIND /to/it",
                        "M-SEARCH /to/it",
                        "FOO /to/it",
                        "get /to/it",
                        "GET to/it",
                        "GET *",
                        "CONNECT x:80",
                        "CONNECT /x",
                        "GET http://other:81/to//it?q",
                        "GET http://other",
                        "GET https://other/to/it",
                        "GET /a#b",
                        "GET /to/it HTTP/1.0")
                .map(line -> line.endsWith("HTTP/1.0")
                        ? line + "\r\n" + host + "\r\n"
                        : line + " HTTP/1.1\r\n" + host + "\r\n");
        Stream<String> headers = Stream.of(
                        "",
                        "Host: \r\n",
                        "Host: X.com:8080\r\n",
                        "Host: x\r\nHost: y\r\n",
                        "Host: a b\r\n",
                        "Host: a/b\r\n",
                        "Host: a@b\r\n",
                        "Host: a<b\r\n",
                        host + "A: \t x \t\r\nB:\r\n_a_b: q\r\n",
                        host + "Connection: close\r\n",
                        host + "Connection: keep-alive\r\n",
                        host + "Connection: close, x-foo, te\r\nX-Foo: 1\r\nTE: trailers, deflate\r\nKeep-Alive: 3\r\n"
                                + "Upgrade: h2c\r\nHTTP2-Settings: AAA\r\nProxy-Connection: keep-alive\r\nX-MiXed: a\r\n"
                                + "X-MiXed: b\r\nCookie: a=1\r\nCookie: b=2\r\nTrailer: x\r\nProxy-Authorization: q\r\n",
                        host + "Connection: x-forwarded-for\r\nx-forwarded-for: 1\r\n",
                        host + "Connection: x-forwarded-proto\r\n",
                        host + "Connection: cookie, a,,b\r\nCookie: c\r\n",
                        host + "Connection: content-length\r\n",
                        host + "Connection: upgrade\r\nUpgrade: websocket\r\n",
                        host + "Connection: upgrade\r\nUpgrade: h2c\r\n",
                        host + "Upgrade: websocket\r\n",
                        host + "TE: gzip\r\n",
                        host + "TE: trailers\r\n",
                        host + "Expect: foo\r\n",
                        host
                                + "X-Forwarded-For: a\r\nX-Forwarded-For: b\r\nX-Forwarded-Proto: https\r\nX-Request-Id: q\r\n",
                        host + "X-Forwarded-For: \r\n",
                        host + envoyHeaders(),
                        host + "Bad Header: x\r\n",
                        host + "A : x\r\n",
                        host + "NoColon\r\n",
                        host + ": x\r\n",
                        host + "A: b\r\n c\r\n",
                        host + "A: b\u0001\r\n",
                        host + "A: \u00e9\r\n",
                        host + "A: " + "x".repeat(62_000) + "\r\n",
                        host + "A: x\r\n".repeat(99),
                        host + "A: x\r\n".repeat(101))
                .map(lines -> "GET /to/it HTTP/1.1\r\n" + lines + "\r\n");
        Stream<String> bodies = Stream.of(
                        "Content-Length: 3\r\n\r\nabc",
                        "Content-Length: 0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "Transfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: x\r\n\r\n",
                        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                        "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                        "Content-Length: -3\r\n\r\nabc",
                        "Content-Length: 3, 3\r\n\r\nabc",
                        "Content-Length: abc\r\n\r\nabc",
                        "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")
                .flatMap(rest ->
                        Stream.of("POST /to/it", "GET /to/it").map(line -> line + " HTTP/1.1\r\n" + host + rest));
        Stream<String> early = Stream.of("POST /respond HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        return Stream.of(simple, headers, bodies, early).flatMap(s -> s);
    }

    private static String envoyHeaders() {
        return Stream.of(
                        "retriable-status-codes retriable-header-names retry-on retry-grpc-on max-retries",
                        "upstream-alt-stat-name upstream-rq-timeout-ms upstream-rq-per-try-timeout-ms",
                        "upstream-rq-timeout-alt-response expected-rq-timeout-ms force-trace ip-tags original-path",
                        "original-host hedge-on-per-try-timeout internal external-address decorator-operation",
                        "downstream-service-cluster downstream-service-node attempt-count original-method original-url",
                        "upstream-service-time overloaded degraded is-timeout-retry peer-metadata",
                        "upstream-stream-duration-ms")
                .flatMap(line -> Stream.of(line.split(" ")))
                .map("X-Envoy-%s: 1\r\n"::formatted)
                .collect(Collectors.joining());
    }

    @Test
    void nameStatusesAlike() throws IOException {
        RawHttpClient ours = ours("edge");
        RawHttpClient envoys = envoys("edge");
        for (int status = 200; status < 600; status++) {
            // A connection each: a 400 ends it.
            String request = "GET /status/" + status + " HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(ask(ours, request)).as("" + status).isEqualTo(ask(envoys, request));
        }
    }

    private RawHttpClient ours(String listener) {
        InetSocketAddress address = dataPlane.listeners().get(listener);
        return RawHttpClient.plain(Objects.requireNonNull(address));
    }

    private RawHttpClient envoys(String listener) {
        return RawHttpClient.plain(envoy.awaitListener(listener, Duration.ofSeconds(10)));
    }

    private static List<String> ask(RawHttpClient client, String request) throws IOException {
        try (RawConnection connection = client.connect()) {
            return ask(connection, request);
        }
    }

    /** The answer in comparable form: status, headers, and after a bar what the backend saw. */
    private static List<String> ask(RawConnection connection, String request) throws IOException {
        connection.write(request.getBytes(StandardCharsets.ISO_8859_1));
        RawResponse response = connection.read(request.substring(0, request.indexOf(' ')));
        Stream<String> headers = response.headers().stream()
                .map(h -> h.name() + ": " + h.value())
                .map(EnvoyComparisonTest::withoutChance)
                // It depends on the length of ids and times in the echoed request.
                .filter(line -> !(response.text().startsWith("GET") && line.startsWith("content-length: ")))
                .sorted(Comparator.naturalOrder());
        Stream<String> seen = response.text()
                .lines()
                .map(EnvoyComparisonTest::withoutChance)
                .map(line -> "| " + line)
                .sorted(Comparator.naturalOrder());
        return Stream.of(Stream.of(response.status() + " " + response.reason()), headers, seen)
                .flatMap(s -> s)
                .toList();
    }

    private static String withoutChance(String line) {
        return line.replaceAll(UUID, "UUID")
                .replaceFirst("^date: .*", "date")
                .replaceFirst("^x-envoy-upstream-service-time: \\d+$", "x-envoy-upstream-service-time");
    }
}
