package io.signalbox.controlplane.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Set;

/**
 * Reads what {@code /api/v1/query} answers, see "HTTP API" in the manual of Prometheus: of a scalar, or a vector with one
 * sample, the number. Pure.
 */
final class AnswerParser {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_TEXT = 200;
    /** Whose bodies say what is wrong with the query. What others say may be anybody's, and is not repeated. */
    private static final Set<Integer> TELLING = Set.of(400, 422, 503);

    /** What is divided by nothing says nothing, whichever way. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "+Inf", "-Inf");

    private static final QueryAnswer NOT_A_NUMBER = nothing("the query gives no number (expected: one)");

    private AnswerParser() {}

    static QueryAnswer parse(int status, byte[] body) {
        JsonNode json = json(body);
        if (status != 200) {
            String error = json.path("error").asText();
            return nothing("Prometheus answered " + status
                    + (TELLING.contains(status) && !error.isEmpty() ? ": " + shorten(error) : ""));
        } else if (!json.path("status").asText().equals("success")) {
            return nothing("Prometheus answered what is no answer of its API");
        }
        JsonNode result = json.at("/data/result");
        String type = json.at("/data/resultType").asText();
        return switch (type) {
            case "scalar" -> value(result);
            case "vector" -> vector(result);
            default ->
                nothing("the query gives a " + shorten(type) + " (expected: a scalar, or a vector of one sample)");
        };
    }

    private static QueryAnswer vector(JsonNode samples) {
        if (samples.size() != 1) {
            String found = samples.isEmpty() ? "no sample" : samples.size() + " samples";
            return nothing("the query gives " + found + " (expected: one)");
        }
        return value(samples.path(0).path("value"));
    }

    /** @param sample its time, and its value as a text */
    private static QueryAnswer value(JsonNode sample) {
        String text = sample.path(1).asText();
        if (NO_NUMBERS.contains(text)) {
            return nothing("the query gives " + text + " (expected: a number)");
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? new QueryAnswer.Value(value) : NOT_A_NUMBER;
        } catch (NumberFormatException e) {
            return NOT_A_NUMBER;
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static QueryAnswer nothing(String why) {
        return new QueryAnswer.Nothing(why);
    }

    private static String shorten(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }
}
