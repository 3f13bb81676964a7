package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A canary for people to look at. */
final class CanaryText {
    private static final Set<String> OVER = Set.of("initialized", "succeeded", "failed");

    private CanaryText() {}

    /** Whether nothing more is going to happen to it. */
    static boolean isOver(JsonNode canary) {
        return OVER.contains(phase(canary));
    }

    static void print(JsonNode canary, JsonNode analysis, Instant now, PrintWriter out) {
        printWhereItIs(canary, out);
        if (isOver(canary)) {
            return;
        }
        TextTable table = new TextTable(List.of("", "POOL", "REQUESTS", "ERRORS", "ERROR RATE", "PROBABLY"));
        for (String side : List.of("stable", "canary")) {
            JsonNode outcomes = analysis.path(side);
            boolean any = outcomes.has("errorRate");
            table.add(List.of(
                    side,
                    canary.at("/spec/" + side).asText(),
                    outcomes.path("requests").asText(),
                    outcomes.path("errors").asText(),
                    any ? percent(outcomes.path("errorRate")) : "-",
                    any ? percent(outcomes.path("from")) + " to " + percent(outcomes.path("to")) : "-"));
        }
        out.println();
        table.print(out);
        CanaryLatencyText.print(analysis.path("latency"), out);
        CanaryMetricsText.print(analysis.path("metrics"), now, out);
        out.printf(
                "%n%s: %s%n",
                analysis.path("verdict").asText().toUpperCase(Locale.ROOT),
                analysis.path("reason").asText());
        if (analysis.has("due")) {
            out.println(due(
                    canary,
                    Duration.between(now, Instant.parse(analysis.get("due").asText()))));
        }
    }

    /** Its phase, its share, its steps, and why it is there. */
    static void printWhereItIs(JsonNode canary, PrintWriter out) {
        JsonNode status = canary.path("status");
        out.printf(
                "%s is %s, with %d %% on %s%s%n",
                canary.path("name").asText(),
                phase(canary),
                status.path("weight").asInt(),
                canary.at("/spec/canary").asText(),
                canary.at("/spec/weight").isMissingNode() ? "" : " (by hand)");
        if (phase(canary).equals("progressing")) {
            out.println("steps "
                    + steps(canary.at("/spec/steps"), status.path("step").asInt()));
        }
        String reason = status.path("reason").asText();
        if (!reason.isEmpty()) {
            out.println(reason);
        }
    }

    private static String steps(JsonNode steps, int current) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i).asText();
            line.append(i == 0 ? "" : " ").append(i == current ? "[" + step + "]" : step);
        }
        return line.append(" %").toString();
    }

    private static String due(JsonNode canary, Duration left) {
        String what = phase(canary).equals("promoted") ? "way back" : "step";
        return left.isNegative() || left.isZero()
                ? "The time of the " + what + " is over."
                : "The " + what + " ends in " + text(left) + " at the earliest.";
    }

    private static String text(Duration left) {
        long seconds = left.plusMillis(999).toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    static String percent(JsonNode rate) {
        return String.format(Locale.ROOT, "%.3f %%", rate.asDouble());
    }

    private static String phase(JsonNode canary) {
        return canary.at("/status/phase").asText();
    }
}
