package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.local.EchoRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a backend was asked, told by its answer or by itself. */
record SeenUpstream(EchoRequest request) {
    /**
     * @param echo the body of an echo backend's answer
     */
    static SeenUpstream of(JsonNode echo) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        echo.path("headers").properties().forEach(header -> {
            List<String> values = new ArrayList<>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey(), values);
        });
        return new SeenUpstream(new EchoRequest(
                echo.path("backend").asText(),
                echo.path("protocol").asText(),
                echo.path("method").asText(),
                echo.path("path").asText(),
                headers,
                echo.path("bodyBytes").asLong(),
                text(echo, "serverName"),
                text(echo, "clientName")));
    }

    private static Optional<String> text(JsonNode echo, String field) {
        return echo.has(field) ? Optional.of(echo.path(field).asText()) : Optional.empty();
    }

    void compare(Expectation.Upstream expected, Differences differences) {
        expected.protocol().ifPresent(p -> differences.equal("protocol seen upstream", request.protocol(), p));
        expected.method().ifPresent(m -> differences.equal("method seen upstream", request.method(), m));
        expected.path().ifPresent(p -> differences.equal("path seen upstream", request.path(), p));
        expected.headers().forEach((name, values) -> {
            List<String> lines = request.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            differences.lines(name + " seen upstream", lines, values);
        });
        expected.bodyBytes()
                .ifPresent(b -> differences.equal("bytes of the body seen upstream", request.bodyBytes(), (long) b));
        expected.serverName()
                .ifPresent(n -> differences.equal(
                        "server name seen upstream", request.serverName().orElse("nothing"), n));
        expected.clientName()
                .ifPresent(n -> differences.equal(
                        "client name seen upstream", request.clientName().orElse("nothing"), n));
    }
}
