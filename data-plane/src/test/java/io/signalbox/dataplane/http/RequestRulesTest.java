package io.signalbox.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.HttpConfig.RequestIdPolicy;
import io.signalbox.dataplane.config.HttpConfig.RouteSource;
import io.signalbox.dataplane.config.HttpFilters;
import io.signalbox.dataplane.config.TrustConfig;
import io.signalbox.dataplane.http.RequestRules.Outcome;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All expectations were learnt from Envoy 1.40; the comparison with a real one covers most of them again. */
class RequestRulesTest {
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final RequestIdPolicy IDS = new RequestIdPolicy(true, false, false);
    private static final PathPolicy PATHS = new PathPolicy(true, true, EscapedSlashes.UNESCAPE_AND_REDIRECT);
    private static final HttpConfig EDGE = config(true, false, IDS, false);

    @Test
    void tellsTheBackendWhereARequestComesFrom() {
        RequestHead request = accepted(EDGE, get("/b", "Host", "x"));

        assertThat(request.authority()).isEqualTo("x");
        assertThat(request.scheme()).isEqualTo("http");
        assertThat(lines(request))
                .containsExactly(
                        "host: x",
                        "x-forwarded-for: 192.0.2.1",
                        "x-forwarded-proto: http",
                        "x-envoy-external-address: 127.0.0.1",
                        "x-request-id: ?");
    }

    @Test
    void believesNothingThatClientsSayOfThemselvesAtTheEdge() {
        RequestHead request = accepted(
                EDGE,
                get(
                        "/b",
                        "Host",
                        "x",
                        "X-Forwarded-For",
                        "1.2.3.4",
                        "X-Forwarded-For",
                        "5.6.7.8",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Request-Id",
                        "mine",
                        "X-Envoy-Internal",
                        "true",
                        "X-Envoy-External-Address",
                        "9.9.9.9",
                        "X-Envoy-Max-Retries",
                        "3",
                        "X-Envoy-Original-Path",
                        "/q",
                        "X-Envoy-Attempt-Count",
                        "1",
                        "X-Forwarded-Host",
                        "h"));

        assertThat(lines(request))
                .containsExactlyInAnyOrder(
                        "host: x",
                        "x-envoy-attempt-count: 1",
                        "x-forwarded-host: h",
                        "x-forwarded-for: 1.2.3.4,5.6.7.8,192.0.2.1",
                        "x-forwarded-proto: http",
                        "x-envoy-external-address: 127.0.0.1",
                        "x-request-id: ?");
        assertThat(request.headers().get("x-request-id")).matches(UUID);
    }

    @Test
    void believesTheProxyInFrontWhenThisIsNotTheEdge() {
        RequestHead request = accepted(
                config(false, false, IDS, false),
                get(
                        "/b",
                        "Host",
                        "x",
                        "x-forwarded-for",
                        "1.2.3.4",
                        "x-forwarded-proto",
                        "https",
                        "x-request-id",
                        "mine",
                        "x-envoy-external-address",
                        "1.1.1.1",
                        "x-envoy-original-path",
                        "/q",
                        "x-envoy-max-retries",
                        "3"));

        assertThat(request.scheme()).isEqualTo("https");
        assertThat(lines(request))
                .containsExactly(
                        "host: x",
                        "x-forwarded-for: 1.2.3.4",
                        "x-forwarded-proto: https",
                        "x-request-id: mine",
                        "x-envoy-external-address: 1.1.1.1",
                        "x-envoy-original-path: /q");
    }

    @Test
    void keepsAnExternalRequestIdWhenToldTo() {
        HttpConfig preserve = config(true, false, new RequestIdPolicy(true, true, false), false);
        RequestHead request = accepted(preserve, get("/b", "Host", "x", "x-request-id", "mine"));
        assertThat(request.headers().get("x-request-id")).isEqualTo("mine");

        HttpConfig none = config(true, false, new RequestIdPolicy(false, false, false), false);
        assertThat(accepted(none, get("/b", "Host", "x")).headers().contains("x-request-id"))
                .isFalse();
    }

    @Test
    void doesNotAppendToForwardedForWhenToldNotTo() {
        RequestHead request =
                accepted(config(true, true, IDS, false), get("/b", "Host", "x", "x-forwarded-for", "1.2.3.4"));
        assertThat(request.headers().getAll("x-forwarded-for")).containsExactly("1.2.3.4");
    }

    @Test
    void removesHopByHopHeadersAndThoseTheConnectionHeaderNames() {
        RequestHead request = accepted(
                EDGE,
                get(
                        "/b",
                        "Host",
                        "x",
                        "Connection",
                        "close, X-Foo, te, content-length",
                        "X-Foo",
                        "1",
                        "TE",
                        "trailers, deflate",
                        "Keep-Alive",
                        "3",
                        "Upgrade",
                        "h2c",
                        "Proxy-Connection",
                        "keep-alive",
                        "Trailer",
                        "x",
                        "Proxy-Authorization",
                        "q",
                        "X-MiXed",
                        "A",
                        "Content-Length",
                        "3"));

        assertThat(request.closes()).isTrue();
        assertThat(request.body()).isEqualTo(RequestBody.CONTENT_LENGTH);
        assertThat(lines(request))
                .startsWith(
                        "host: x",
                        "te: trailers",
                        "trailer: x",
                        "proxy-authorization: q",
                        "x-mixed: A",
                        "content-length: 3",
                        "x-forwarded-for: 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({"gzip, false", "trailers, true", "'gzip;q=1, Trailers', true"})
    void passesOnlyTrailersOfTe(String te, boolean passes) {
        RequestHead request = accepted(EDGE, get("/b", "Host", "x", "TE", te));
        assertThat(request.headers().contains("te", "trailers", false)).isEqualTo(passes);
    }

    @Test
    void takesTheHostFromAnAbsoluteUrl() {
        RequestHead request = accepted(EDGE, get("http://other:81/b//c?q", "Host", "x"));

        assertThat(request.authority()).isEqualTo("other:81");
        assertThat(request.path()).isEqualTo("/b/c?q");
        assertThat(refused(EDGE, get("http://x?q", "Host", "y")).status()).isEqualTo(404);
        assertThat(refused(EDGE, get("ftp://x/", "Host", "y")).status()).isEqualTo(400);
        assertThat(accepted(EDGE, get("http://me@x/", "Host", "y")).authority()).isEqualTo("x");
        assertThat(accepted(EDGE, get("http://x", "Host", "y")).path()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({"a.com:80, a.com", "a.com, a.com", "[::1]:80, [::1]", "[::1], [::1]", "a.com:, a.com:", "a:b, a:b"})
    void stripsPortsWhenToldTo(String host, String authority) {
        RequestHead request = accepted(config(true, false, IDS, true), get("/b", "Host", host));
        assertThat(request.authority()).isEqualTo(authority);
        assertThat(request.headers().get("host")).isEqualTo(authority);
    }

    @Test
    void joinsSeveralHosts() {
        assertThat(accepted(EDGE, get("/b", "Host", "x", "Host", "y")).authority())
                .isEqualTo("x,y");
    }

    @Test
    void redirectsToUnescapedSlashes() {
        LocalReply reply = refused(EDGE, get("/a%2fb", "Host", "x"));
        assertThat(reply).isEqualTo(LocalReply.location(307, "/a/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/b, Host, a b, 400",
        "/b, Host, a/b, 400",
        "/b, X-Foo, x, 400",
        "b, Host, x, 400",
        "*, Host, x, 400",
        "/b#c, Host, x, 400",
        "/b%00, Host, x, 400",
        "https://x/b, Host, x, 403"
    })
    void refuses(String target, String name, String value, int status) {
        LocalReply reply = refused(EDGE, get(target, name, value));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.closes()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Connection, x-forwarded-for, 400",
        "Connection, 'close, :path', 400",
        "Transfer-Encoding, gzip, 501",
        "Transfer-Encoding, 'gzip, chunked', 501",
        "A, 'b\u0001', 400",
        "A, 'b\u007f', 400"
    })
    void refusesByHeader(String name, String value, int status) {
        assertThat(refused(EDGE, get("/b", "Host", "x", name, value)).status()).isEqualTo(status);
    }

    @Test
    void leavesUpgradesToBeRefusedOnceRoutedButIgnoresThatToHttp2() {
        assertThat(accepted(EDGE, get("/b", "Host", "x", "Connection", "Upgrade", "Upgrade", "websocket"))
                        .upgrade())
                .isTrue();
        assertThat(accepted(EDGE, get("/b", "Host", "x", "Connection", "Upgrade", "Upgrade", "h2c"))
                        .headers()
                        .contains("upgrade"))
                .isFalse();
    }

    @Test
    void refusesWhatIsNotHttp11() {
        HttpRequest old = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/");
        assertThat(refused(EDGE, old).status()).isEqualTo(426);
        HttpRequest unknown = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf("FOO"), "/");
        assertThat(refused(EDGE, unknown).status()).isEqualTo(400);
    }

    @Test
    void refusesTwoLengthsForOneBody() {
        HttpRequest request = get("/b", "Host", "x", "Content-Length", "3", "Transfer-Encoding", "chunked");
        assertThat(refused(EDGE, request).status()).isEqualTo(400);
    }

    @Test
    void limitsHeadersInNumberAndBytes() {
        List<String> many = new ArrayList<>(List.of("Host", "x"));
        for (int i = 0; i < 99; i++) {
            many.addAll(List.of("A", "x"));
        }
        assertThat(accepted(EDGE, get("/b", many.toArray(String[]::new)))).isNotNull();
        many.addAll(List.of("A", "x"));
        assertThat(refused(EDGE, get("/b", many.toArray(String[]::new))).status())
                .isEqualTo(431);
        assertThat(refused(EDGE, get("/b", "Host", "x", "A", "x".repeat(61_500)))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void recognizesThatAClientWaitsToBeToldToContinue() {
        RequestHead request = accepted(EDGE, get("/b", "Host", "x", "Expect", "100-continue", "Content-Length", "3"));
        assertThat(request.expectsContinue()).isTrue();
        assertThat(request.headers().contains("expect")).isFalse();
        assertThat(accepted(EDGE, get("/b", "Host", "x", "Expect", "foo"))
                        .headers()
                        .get("expect"))
                .isEqualTo("foo");
    }

    private static RequestHead accepted(HttpConfig config, HttpRequest request) {
        Outcome outcome = rules(config).apply(request);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome).request();
    }

    private static LocalReply refused(HttpConfig config, HttpRequest request) {
        Outcome outcome = rules(config).apply(request);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reply();
    }

    private static RequestRules rules(HttpConfig config) {
        return new RequestRules(
                config,
                new DownstreamInfo(
                        "127.0.0.1:5000", "127.0.0.1:5000", "127.0.0.1:80", "127.0.0.1", "192.0.2.1", Optional.empty()),
                () -> 12345);
    }

    private static List<String> lines(RequestHead request) {
        return request.headers().entries().stream()
                .map(e -> e.getKey() + ": " + (e.getValue().matches(UUID) ? "?" : e.getValue()))
                .toList();
    }

    private static HttpRequest get(String target, String... headers) {
        DefaultHttpHeaders all = new DefaultHttpHeaders(false);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, all);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '198.51.100.1, 198.51.100.2', 198.51.100.2",
        "2, '198.51.100.1, 198.51.100.2', 198.51.100.1",
        "3, '198.51.100.1, 198.51.100.2', 127.0.0.1",
        "1, '198.51.100.1,', 127.0.0.1",
        "2, '198.51.100.1,', 198.51.100.1",
        "1, 198.51.100.1:80, 127.0.0.1",
        "1, 0:0::1, ::1",
        "1, somebody, 127.0.0.1",
        "1, [::1], 127.0.0.1",
        "1, 198.51.100.01, 127.0.0.1",
        "1, 198.051.100.1, 127.0.0.1",
        "1, ::ffff:198.51.100.01, 127.0.0.1",
        "1, 10.20.30.40, 10.20.30.40",
        "1, '', 127.0.0.1"
    })
    void believesAsManyHopsAsItIsTold(int hops, String before, String client) {
        HttpConfig config = config(new TrustConfig(true, hops, false, List.of()), IDS, false);
        RequestHead request =
                accepted(config, get("/b", "Host", "x", "X-Forwarded-For", before, "X-Forwarded-Proto", "https"));
        assertThat(request.headers().get("x-envoy-external-address")).isEqualTo(client);
        assertThat(request.headers().get("x-forwarded-for"))
                .isEqualTo(before.isEmpty() ? "192.0.2.1" : before + ",192.0.2.1");
        assertThat(request.scheme()).isEqualTo("https");
        assertThat(request.connection().directRemoteAddress()).isEqualTo("127.0.0.1:5000");
        assertThat(request.connection().remoteAddress())
                .isEqualTo(
                        client.contains(":")
                                ? "[" + client + "]:0"
                                : client.equals("127.0.0.1") ? "127.0.0.1:5000" : client + ":0");
    }

    @Test
    void removesFirstOfAllWhatDoesNotCount() {
        HttpConfig config =
                config(new TrustConfig(true, 0, false, List.of("x-country-code", "x-forwarded-for")), IDS, false);
        assertThat(lines(
                        accepted(config, get("/b", "Host", "x", "X-Country-Code", "IN", "X-Forwarded-For", "1.1.1.1"))))
                .contains("x-forwarded-for: 192.0.2.1")
                .noneMatch(line -> line.startsWith("x-country-code"));
    }

    private static HttpConfig config(
            boolean useRemoteAddress, boolean skipXffAppend, RequestIdPolicy ids, boolean stripPort) {
        return config(new TrustConfig(useRemoteAddress, 0, skipXffAppend, List.of()), ids, stripPort);
    }

    private static HttpConfig config(TrustConfig trust, RequestIdPolicy ids, boolean stripPort) {
        return new HttpConfig(
                new RouteSource.Rds("r"),
                "envoy",
                trust,
                PATHS,
                stripPort,
                ids,
                true,
                60 * 1024,
                100,
                1 << 20,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                new HttpFilters(List.of()),
                List.of());
    }
}
