package io.signalbox.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The cases of each suite that passed on each target, of how many, as a table in Markdown. */
final class Certificate {
    private Certificate() {}

    /** Suite → target → results. */
    static Map<String, Map<String, List<CaseResult>>> bySuite(List<CaseResult> results) {
        return results.stream()
                .collect(Collectors.groupingBy(
                        r -> r.testCase().suite(),
                        TreeMap::new,
                        Collectors.groupingBy(CaseResult::target, TreeMap::new, Collectors.toList())));
    }

    static void write(Path file, List<CaseResult> results) throws IOException {
        Set<String> targets = results.stream().map(CaseResult::target).collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = new ArrayList<>(
                List.of("# Conformance", "", Reports.summary(results) + ", " + Reports.leftOut(results), ""));
        lines.add("| Suite | " + String.join(" | ", targets) + " |");
        lines.add("|---" + "|---".repeat(targets.size()) + "|");
        bySuite(results)
                .forEach((suite, byTarget) -> lines.add(targets.stream()
                        .map(target -> passed(byTarget.getOrDefault(target, List.of())))
                        .collect(Collectors.joining(" | ", "| " + suite + " | ", " |"))));
        List<CaseResult> left =
                results.stream().filter(r -> r.leftOut().isPresent()).toList();
        if (!left.isEmpty()) {
            lines.addAll(List.of("", "Left out:", ""));
            Map<String, List<CaseResult>> byCase = left.stream()
                    .collect(Collectors.groupingBy(
                            r -> r.testCase().path() + " (" + r.leftOut().orElseThrow() + ")",
                            TreeMap::new,
                            Collectors.toList()));
            byCase.forEach((what, where) -> lines.add("- " + what + ": "
                    + where.stream().map(CaseResult::target).sorted().collect(Collectors.joining(", "))));
        }
        Files.write(file, lines);
    }

    /**
     * {@code 12 of 12}, or why not: {@code 11 of 12} in bold; a dash where nothing was run. What was left out counts for
     * neither: {@code 10 of 10, 2 left out}.
     */
    static String passed(List<CaseResult> results) {
        if (results.isEmpty()) {
            return "–";
        }
        long passed = results.stream().filter(CaseResult::passed).count();
        long left = results.stream().filter(r -> r.leftOut().isPresent()).count();
        long run = results.size() - left;
        String text = passed + " of " + run;
        return (passed == run ? text : "**" + text + "**") + (left == 0 ? "" : ", " + left + " left out");
    }
}
