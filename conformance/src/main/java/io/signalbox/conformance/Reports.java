package io.signalbox.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes results down: JUnit's XML for CI, one HTML page for people. */
final class Reports {
    private static final String EXPECTED = " (expected: ";

    private Reports() {}

    /** One line, and one more for each difference. */
    static String line(CaseResult result) {
        String how = result.leftOut().isPresent() ? "left  " : result.passed() ? "ok    " : "FAIL  ";
        StringBuilder text = new StringBuilder(how)
                .append(result.testCase().path())
                .append("  ")
                .append(result.target())
                .append(result.leftOut()
                        .map(reason -> " (left out: " + reason + ")")
                        .orElseGet(() -> " (" + result.time().toMillis() + " ms)"));
        result.differences().forEach(d -> text.append("\n        ").append(d));
        return text.toString();
    }

    static void writeJUnitXml(Path file, List<CaseResult> results) throws IOException {
        Map<String, List<CaseResult>> suites = new LinkedHashMap<>();
        for (CaseResult result : results) {
            suites.computeIfAbsent(result.testCase().suite() + " on " + result.target(), k -> new ArrayList<>())
                    .add(result);
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        suites.forEach((name, members) -> suite(xml, name, members));
        Files.writeString(file, xml.append("</testsuites>\n"));
    }

    private static void suite(StringBuilder xml, String name, List<CaseResult> results) {
        long failed = results.stream().filter(CaseResult::failed).count();
        long left = results.stream().filter(r -> r.leftOut().isPresent()).count();
        Duration time = results.stream().map(CaseResult::time).reduce(Duration.ZERO, Duration::plus);
        xml.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%s\">\n"
                .formatted(escape(name), results.size(), failed, left, seconds(time)));
        for (CaseResult result : results) {
            String className = result.target() + "." + result.testCase().suite();
            xml.append("    <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(escape(className), escape(result.testCase().id()), seconds(result.time())));
            if (result.passed()) {
                xml.append("/>\n");
            } else if (result.leftOut().isPresent()) {
                xml.append("><skipped message=\"%s\"/></testcase>\n"
                        .formatted(escape(result.leftOut().get())));
            } else {
                String all = escape(String.join("\n", result.differences()));
                xml.append("><failure message=\"%s\">%s</failure></testcase>\n"
                        .formatted(escape(result.differences().get(0)), all));
            }
        }
        xml.append("  </testsuite>\n");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    static void writeHtml(Path file, List<CaseResult> results) throws IOException {
        Set<String> targets = new LinkedHashSet<>();
        Map<ConformanceCase, Map<String, CaseResult>> rows = new LinkedHashMap<>();
        for (CaseResult result : results) {
            targets.add(result.target());
            rows.computeIfAbsent(result.testCase(), k -> new LinkedHashMap<>()).put(result.target(), result);
        }
        StringBuilder html = new StringBuilder(HEAD)
                .append("<p>")
                .append(summary(results))
                .append(", ")
                .append(leftOut(results))
                .append("</p>\n");
        features(html, targets, results);
        html.append("<h2>Cases</h2>\n<table>\n<tr><th>Case</th>");
        targets.forEach(target -> html.append("<th>").append(escape(target)).append("</th>"));
        html.append("</tr>\n");
        String suite = "";
        for (Map.Entry<ConformanceCase, Map<String, CaseResult>> row : rows.entrySet()) {
            if (!row.getKey().suite().equals(suite)) {
                suite = row.getKey().suite();
                html.append("<tr id=\"%s\"><th class=\"suite\" colspan=\"%d\">%s</th></tr>\n"
                        .formatted(escape(suite), targets.size() + 1, escape(suite)));
            }
            row(html, row.getKey(), targets, row.getValue());
        }
        Files.writeString(file, html.append("</table>\n"));
    }

    private static void row(
            StringBuilder html, ConformanceCase testCase, Set<String> targets, Map<String, CaseResult> results) {
        html.append("<tr><td><a href=\"%s\">%s</a><br><small>%s — %s</small></td>"
                .formatted(
                        escape(testCase.docs()),
                        escape(testCase.title()),
                        escape(testCase.id()),
                        escape(testCase.why())));
        for (String target : targets) {
            CaseResult result = results.get(target);
            if (result == null) {
                html.append("<td>not run</td>");
            } else if (result.passed()) {
                html.append("<td class=\"ok\">ok</td>");
            } else if (result.leftOut().isPresent()) {
                html.append("<td class=\"left\">left out: %s</td>"
                        .formatted(escape(result.leftOut().get())));
            } else {
                differences(html, result.differences());
            }
        }
        html.append("</tr>\n");
    }

    /** One row for each suite: how many of its cases passed where. */
    private static void features(StringBuilder html, Set<String> targets, List<CaseResult> results) {
        html.append("<table>\n<tr><th>Feature</th>");
        targets.forEach(target -> html.append("<th>").append(escape(target)).append("</th>"));
        html.append("</tr>\n");
        Certificate.bySuite(results).forEach((suite, byTarget) -> {
            html.append("<tr><td><a href=\"#%s\">%s</a></td>".formatted(escape(suite), escape(suite)));
            for (String target : targets) {
                List<CaseResult> cell = byTarget.getOrDefault(target, List.of());
                boolean passed = cell.stream().noneMatch(CaseResult::failed);
                html.append("<td class=\"%s\">%s</td>"
                        .formatted(
                                passed ? "ok" : "fail",
                                escape(Certificate.passed(cell).replace("*", ""))));
            }
            html.append("</tr>\n");
        });
        html.append("</table>\n");
    }

    /** Opens to what came and what should have, side by side. */
    private static void differences(StringBuilder html, List<String> differences) {
        html.append("<td class=\"fail\"><details><summary>")
                .append(differences.size() == 1 ? "1 difference" : differences.size() + " differences")
                .append("</summary><table><tr><th>found</th><th>expected</th></tr>");
        for (String difference : differences) {
            int at = difference.lastIndexOf(EXPECTED);
            boolean both = at >= 0 && difference.endsWith(")");
            String found = both ? difference.substring(0, at) : difference;
            String expected = both ? difference.substring(at + EXPECTED.length(), difference.length() - 1) : "";
            html.append("<tr><td>%s</td><td>%s</td></tr>".formatted(escape(found), escape(expected)));
        }
        html.append("</table></details></td>");
    }

    /** {@code explain was compared with Envoy on 7 requests} */
    static String explained(List<CaseResult> results) {
        int requests = results.stream().mapToInt(CaseResult::explained).sum();
        return "explain was compared with Envoy on " + requests + " requests";
    }

    /** {@code 12 passed, 3 failed}; what was left out is told of by {@link #leftOut}. */
    static String summary(List<CaseResult> results) {
        long passed = results.stream().filter(CaseResult::passed).count();
        long failed = results.stream().filter(CaseResult::failed).count();
        return passed + " passed, " + failed + " failed";
    }

    /** {@code 2 left out} */
    static String leftOut(List<CaseResult> results) {
        return results.stream().filter(r -> r.leftOut().isPresent()).count() + " left out";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                // XML 1.0 has no way to write other control characters at all.
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '?' : c);
            }
        }
        return escaped.toString();
    }

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Signalbox conformance</title>
            <style>
            body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
            table { border-collapse: collapse } th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top }
            small { color: #555 } .suite { background: #eee } .ok { background: #e3f5e1 } .fail { background: #fbe3e1; white-space: pre-wrap } .left { background: #f3f3f3; color: #555 }
            </style></head><body>
            <h1>Signalbox conformance</h1>
            """;
}
