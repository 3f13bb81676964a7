package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cluster's limits do to requests, on this data plane and on Envoy. */
class LimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static String bootstrap(int port, String settings) {
        return Plane.bootstrap(settings, port);
    }

    @ParameterizedTest
    @EnumSource
    void oneRequestTooManyIsRefusedAtOnce(Plane plane) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    while (peer.readHead() != null) {
                        arrived.countDown();
                        awaitQuietly(go);
                        peer.write(OK);
                    }
                });
                Plane.Running proxy =
                        plane.start(bootstrap(backend.port(), "circuit_breakers: {thresholds: [{max_requests: 1}]}"))) {
            CompletableFuture<RawResponse> first = proxy.ask("/");
            arrived.await();
            RawResponse second = proxy.get("/");
            go.countDown();

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.header("x-envoy-overloaded")).contains("true");
            assertThat(second.text())
                    .isEqualTo("upstream connect error or disconnect/reset before headers. reset reason: overflow");
            assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(proxy.get("/").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesAConnectionThatHasHadItsRequests(Plane plane) throws Exception {
        String options = """
                typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {\
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, \
                explicit_http_config: {http_protocol_options: {}}, \
                common_http_protocol_options: {max_requests_per_connection: 2}}}""";
        try (ScriptedBackend backend = ScriptedBackend.answering(OK);
                Plane.Running proxy = plane.start(bootstrap(backend.port(), options))) {
            try (var connection = RawHttpClient.plain(proxy.address()).connect()) {
                for (int i = 0; i < 5; i++) {
                    assertThat(connection.send(RawRequest.get("x", "/")).status())
                            .isEqualTo(200);
                }
            }
            assertThat(backend.connections()).isEqualTo(3);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
