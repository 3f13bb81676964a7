package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report on an experiment for people to look at. */
final class ExperimentText {
    private static final int ALL = 100;

    private ExperimentText() {}

    static void print(JsonNode report, PrintWriter out) {
        out.printf(
                "%s is %s%s%n",
                report.path("experiment").asText(),
                report.path("phase").asText(),
                report.has("startedAt")
                        ? ", started at " + report.path("startedAt").asText()
                        : "");
        out.println();
        TextTable table = new TextTable(List.of(
                "VARIANT",
                "VISITORS",
                "SHARE",
                "EXPECTED",
                "REQUESTS",
                "ERRORS",
                "ERROR RATE",
                "PROBABLY",
                "P50, ms",
                "P99, ms"));
        for (JsonNode variant : report.path("variants")) {
            table.add(row(
                    variant.path("name").asText(),
                    List.of(
                            variant.path("visitors").asText(),
                            percent(variant.path("share"), 2),
                            percent(variant.path("expectedShare"), 2)),
                    variant.path("assigned")));
            if (variant.at("/forced/requests").asLong() > 0) {
                table.add(row(
                        variant.path("name").asText() + ", forced", List.of("-", "-", "-"), variant.path("forced")));
            }
        }
        table.print(out);
        out.println();
        BigDecimal counted = BigDecimal.valueOf(report.path("counted").asDouble(ALL));
        if (counted.doubleValue() < ALL) {
            String percent = counted.stripTrailingZeros().toPlainString();
            out.printf("Of those who come again the requests of %s %% are counted%n", percent);
        }
        printSampleRatio(report.path("sampleRatio"), out);
        printNodes(report.path("nodes"), out);
    }

    private static List<String> row(String name, List<String> visitors, JsonNode answers) {
        boolean any = answers.has("errorRate");
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(visitors);
        row.addAll(List.of(
                answers.path("requests").asText(),
                answers.path("errors").asText(),
                any ? percent(answers.path("errorRate"), 3) : "-",
                any ? percent(answers.path("from"), 3) + " to " + percent(answers.path("to"), 3) : "-",
                millis(answers.path("p50")),
                millis(answers.path("p99"))));
        return row;
    }

    private static void printSampleRatio(JsonNode ratio, PrintWriter out) {
        String p = String.format(Locale.ROOT, "p %.2g", ratio.path("pValue").asDouble());
        out.println(
                ratio.path("verdict").asText().equals("mismatch")
                        ? "SAMPLE RATIO MISMATCH: visitors do not come to the variants as configured, so do not compare them ("
                                + p + ")"
                        : "Visitors come to the variants as configured, as far as is known (" + p + ")");
    }

    private static void printNodes(JsonNode nodes, PrintWriter out) {
        if (!nodes.path("silent").isEmpty()) {
            List<String> silent = new ArrayList<>();
            for (JsonNode node : nodes.path("silent")) {
                String since = node.path("since").asText();
                silent.add(
                        node.path("node").asText() + (since.isEmpty() ? " (never did)" : " (not since " + since + ")"));
            }
            out.printf(
                    "Only of a part of the proxies: %d report, %s does not%n",
                    nodes.path("reporting").size(), String.join(", ", silent));
        }
    }

    private static String percent(JsonNode share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", share.asDouble());
    }

    private static String millis(JsonNode millis) {
        return millis.isMissingNode() ? "-" : String.format(Locale.ROOT, "%.1f", millis.asDouble());
    }
}
