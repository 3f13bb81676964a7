package io.signalbox.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.Forwarding.Retries;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryStateTest {
    @ParameterizedTest
    @CsvSource({
        "5xx, 499, false",
        "5xx, 500, true",
        "5xx, 599, true",
        "gateway-error, 500, false",
        "gateway-error, 502, true",
        "gateway-error, 504, true",
        "gateway-error, 505, false",
        "retriable-4xx, 408, false",
        "retriable-4xx, 409, true",
        "retriable-status-codes, 418, true",
        "retriable-status-codes, 503, false",
        "reset, 503, false",
        "connect-failure, 503, false"
    })
    void answersByStatus(String on, int status, boolean again) {
        assertThat(state(on).isFor(answer(status))).isEqualTo(again);
    }

    @Test
    void aServerThatIsOverloadedIsLeftAlone() {
        HttpResponse answer = answer(503);
        answer.headers().set(HeaderNames.OVERLOADED, "true");
        assertThat(state("5xx").isFor(answer)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"14, unavailable, true", "14, internal, false", "13, internal, true", "0, unavailable, false"})
    void answersByGrpcStatus(String status, String on, boolean again) {
        HttpResponse answer = answer(200);
        answer.headers().set("grpc-status", status);
        assertThat(state(on).isFor(answer)).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource(UpstreamFailure.class)
    void noAnswerIsReasonEnoughUnlessTheProxyItselfRefused(UpstreamFailure failure) {
        for (String on : List.of("5xx", "gateway-error", "reset")) {
            assertThat(state(on).isFor(failure)).as(on).isEqualTo(failure != UpstreamFailure.OVERFLOW);
        }
    }

    @Test
    void onlyWhatWasNeverSentIsAConnectFailure() {
        List<UpstreamFailure> connecting = List.of(UpstreamFailure.CONNECT_FAILED, UpstreamFailure.CONNECT_TIMEOUT);
        assertThat(Arrays.stream(UpstreamFailure.values()).filter(state("connect-failure")::isFor))
                .containsExactlyElementsOf(connecting);
        assertThat(Arrays.stream(UpstreamFailure.values()).filter(state("refused-stream")::isFor))
                .containsExactly(UpstreamFailure.REMOTE_REFUSED);
    }

    @Test
    void triesAreUsedUpAndWaitsGrowToTheirLimit() {
        RetryState state = state("5xx");
        // The largest value that is drawn is one below the bound.
        assertThat(state.take()).isTrue();
        assertThat(state.wait(() -> 9)).isEqualTo(Duration.ofMillis(9));
        assertThat(state.wait(() -> 10)).isEqualTo(Duration.ZERO);
        assertThat(state.take()).isTrue();
        assertThat(state.wait(() -> 29)).isEqualTo(Duration.ofMillis(29));
        assertThat(state.take()).isTrue();
        assertThat(state.wait(() -> 50)).isEqualTo(Duration.ZERO);
        assertThat(state.take()).isFalse();
    }

    private static RetryState state(String on) {
        return new RetryState(new Retries(
                List.of(on),
                3,
                Optional.empty(),
                Optional.empty(),
                List.of(418),
                List.of(),
                List.of(),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                1,
                false));
    }

    private static HttpResponse answer(int status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    }
}
