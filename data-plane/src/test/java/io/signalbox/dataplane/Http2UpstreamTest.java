package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of requests over HTTP/2 when the server does not simply answer, on this data plane and on Envoy. */
class Http2UpstreamTest {
    private static final String HTTP2 = "typed_extension_protocol_options: {"
            + "envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"
            + "'@type': type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,"
            + " explicit_http_config: {http2_protocol_options: {}}}}";

    @ParameterizedTest
    @EnumSource
    void aRequestThatTheServerGivesUpIsLostAlone(Plane plane) throws Exception {
        try (Http2Script server = new Http2Script();
                Plane.Running proxy = plane.start(Plane.bootstrap(HTTP2, server.port()))) {
            assertThat(failure(proxy.get("/refuse"))).isEqualTo("remote refused stream reset");
            assertThat(failure(proxy.get("/reset"))).isEqualTo("remote reset");
            assertThatThrownBy(() -> proxy.get("/half")).isInstanceOf(IOException.class);
            assertThat(proxy.get("/").text()).isEqualTo("whole");
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsAreOnOneConnectionAtATime(Plane plane) throws Exception {
        try (Http2Script server = new Http2Script();
                Plane.Running proxy = plane.start(Plane.bootstrap(HTTP2, server.port()))) {
            List<CompletableFuture<RawResponse>> asked =
                    Stream.of(1, 2, 3).map(i -> proxy.ask("/meet")).toList();
            for (CompletableFuture<RawResponse> one : asked) {
                assertThat(one.get(20, TimeUnit.SECONDS).text()).isEqualTo("whole");
            }
            // Each thread of the proxy has connections of its own.
            assertThat(server.connections()).isLessThan(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAFarewellAnotherConnectionIsUsed(Plane plane) throws Exception {
        try (Http2Script server = new Http2Script();
                Plane.Running proxy = plane.start(Plane.bootstrap(HTTP2, server.port()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(proxy.get("/goaway").text()).isEqualTo("whole");
            }
            assertThat(proxy.get("/").text()).isEqualTo("whole");
            assertThat(server.connections()).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void trailersEndAResponse(Plane plane) throws Exception {
        try (Http2Script server = new Http2Script();
                Plane.Running proxy = plane.start(Plane.bootstrap(HTTP2, server.port()))) {
            RawResponse response = proxy.get("/trailers");
            assertThat(response.text()).isEqualTo("whole");
            assertThat(response.headers("x-end")).isEmpty();
        }
    }

    private static String failure(RawResponse response) {
        assertThat(response.status()).isEqualTo(503);
        return response.text().replace("upstream connect error or disconnect/reset before headers. reset reason: ", "");
    }
}
