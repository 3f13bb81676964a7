package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How long answers take, for people to look at. */
final class CanaryLatencyText {
    private CanaryLatencyText() {}

    /** Nothing as long as nothing is known. */
    static void print(JsonNode latency, PrintWriter out) {
        if (latency.at("/stable/answers").asLong()
                        + latency.at("/canary/answers").asLong()
                == 0) {
            return;
        }
        TextTable table = new TextTable(List.of("", "TIMED ANSWERS", "P50", "P99", "SLOW", "SLOW RATE", "PROBABLY"));
        for (String side : List.of("stable", "canary")) {
            JsonNode times = latency.path(side);
            boolean judged = times.has("slowRate");
            table.add(List.of(
                    side,
                    times.path("answers").asText(),
                    millis(times.path("p50")),
                    millis(times.path("p99")),
                    judged ? times.path("slow").asText() : "-",
                    judged ? CanaryText.percent(times.path("slowRate")) : "-",
                    judged
                            ? CanaryText.percent(times.path("from")) + " to " + CanaryText.percent(times.path("to"))
                            : "-"));
        }
        out.println();
        table.print(out);
    }

    private static String millis(JsonNode millis) {
        return millis.isMissingNode() ? "-" : String.format(Locale.ROOT, "%.1f ms", millis.asDouble());
    }
}
