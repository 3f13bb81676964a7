package io.signalbox.cli.quickstart;

import io.signalbox.cli.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Walks through the rows and reports. For one thread. */
final class Walkthrough {
    private final List<String> columns;
    private final List<Findings> findings = new ArrayList<>();
    private final List<Plane> planes;

    /** @param planesNotRun titles of planes that should have been there; they get a column that says so */
    Walkthrough(List<Plane> planes, List<String> planesNotRun) {
        this.planes = planes;
        this.columns = new ArrayList<>(planesNotRun);
        planes.forEach(plane -> columns.add(plane.title()));
    }

    void run(Shop shop, List<Row> rows, Progress progress) throws IOException, InterruptedException {
        for (Row row : rows) {
            progress.begin(row.title());
            Findings of = row.run(shop);
            findings.add(of);
            progress.end(failures(of).isEmpty() ? "ok" : "FAILED");
            failures(of).forEach(failure -> progress.line("    " + failure));
        }
    }

    private List<String> failures(Findings of) {
        List<String> failures = new ArrayList<>();
        for (Plane plane : planes) {
            of.failures(plane).forEach(failure -> failures.add(plane.title() + ": " + failure));
        }
        return failures;
    }

    int failed() {
        return findings.stream().mapToInt(of -> failures(of).size()).sum();
    }

    private int passed() {
        return findings.stream()
                .flatMapToInt(of -> planes.stream().mapToInt(of::passed))
                .sum();
    }

    /** The table, and the count as the last line. */
    void report(PrintWriter out) {
        List<String> header = new ArrayList<>(List.of("ROW"));
        columns.forEach(column -> header.add(column.toUpperCase(Locale.ROOT)));
        header.add("FROM WRITE TO SERVED");
        TextTable table = new TextTable(header);
        findings.forEach(of -> table.add(row(of)));
        out.println();
        table.print(out);
        out.println();
        out.println(
                "From write to served: from sending the write, commit included, to the first request it decides; for the");
        out.println(
                "canary from sending the way back to the last request that the canary answered; for the one that fails, which");
        out.println("goes back by itself, from the first bad answer to that.");
        out.println(passed() + " passed, " + failed() + " failed");
        out.flush();
    }

    private List<String> row(Findings of) {
        List<String> row = new ArrayList<>(List.of(of.row()));
        List<String> served = new ArrayList<>();
        for (String column : columns) {
            Optional<Plane> plane =
                    planes.stream().filter(p -> p.title().equals(column)).findFirst();
            row.add(plane.map(p -> cell(of, p)).orElse("NOT RUN"));
            served.add(plane.flatMap(of::served).map(Walkthrough::millis).orElse("-"));
        }
        row.add(String.join(" / ", served));
        return row;
    }

    private static String cell(Findings of, Plane plane) {
        int failed = of.failures(plane).size();
        return failed == 0 ? of.passed(plane) + " passed" : failed + " FAILED of " + (of.passed(plane) + failed);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.0f ms", duration.toNanos() / 1e6);
    }
}
