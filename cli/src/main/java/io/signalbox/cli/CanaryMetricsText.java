package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What Prometheus says of a canary, for people to look at. */
final class CanaryMetricsText {
    private static final MathContext DIGITS = new MathContext(6);

    private CanaryMetricsText() {}

    /** Nothing for none. */
    static void print(JsonNode metrics, Instant now, PrintWriter out) {
        if (metrics.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(List.of("METRIC", "VALUE", "EXPECTED", "OUT OF IT", "ASKED", ""));
        for (JsonNode metric : metrics) {
            table.add(List.of(
                    metric.path("name").asText(),
                    metric.has("value") ? number(metric.path("value")) : "-",
                    range(metric.path("thresholdRange")),
                    metric.path("outOfRange").asText() + " in a row",
                    metric.has("asked") ? ago(metric.path("asked").asText(), now) : "not yet",
                    metric.path("verdict").asText()));
        }
        out.println();
        table.print(out);
    }

    private static String range(JsonNode range) {
        if (range.has("min") && range.has("max")) {
            return number(range.path("min")) + " to " + number(range.path("max"));
        }
        return range.has("min") ? "at least " + number(range.path("min")) : "at most " + number(range.path("max"));
    }

    private static String number(JsonNode number) {
        return new BigDecimal(number.asText())
                .round(DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** By two clocks, which may differ. */
    private static String ago(String time, Instant now) {
        return Math.max(0, Duration.between(Instant.parse(time), now).toSeconds()) + " s ago";
    }
}
