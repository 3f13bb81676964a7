package io.signalbox.routing;

import java.time.Duration;

/**
 * What a log tells of a request that is over.
 *
 * @param status of the response; 0 when there was none
 * @param flags Envoy's {@code %RESPONSE_FLAGS%}; a dash for none
 * @param bytesReceived of the request's body
 * @param bytesSent of the response's body
 * @param duration from the head of the request to the end of the response
 * @param upstreamHost address with port of the server; empty when none was asked
 */
public record RequestOutcome(
        int status, String flags, long bytesReceived, long bytesSent, Duration duration, String upstreamHost) {
    /** While nothing is known. */
    public static final RequestOutcome NONE = new RequestOutcome(0, "-", 0, 0, Duration.ZERO, "");
}
