package io.signalbox.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One answer of an echo backend.
 *
 * @param status 101 takes an upgrade: what comes after it goes back as it came
 * @param delay from the request's end to the answer's beginning
 * @param headers lines beside those that every answer has
 * @param bodyBytes a body of so many bytes {@code x} in place of the JSON
 * @param closes the connection is closed after {@code delay}, before any byte of an answer
 */
public record EchoAnswer(
        int status, Duration delay, Map<String, List<String>> headers, OptionalInt bodyBytes, boolean closes) {
    public static final EchoAnswer OK = of(200);

    public EchoAnswer {
        headers = new LinkedHashMap<>(headers);
    }

    public static EchoAnswer of(int status) {
        return new EchoAnswer(status, Duration.ZERO, Map.of(), OptionalInt.empty(), false);
    }

    EchoAnswer with(int otherStatus, Duration otherDelay) {
        return new EchoAnswer(otherStatus, otherDelay, headers, bodyBytes, closes);
    }
}
