package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a benchmark found: tables for people, and the same with all figures as JSON. For one thread. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<List<List<String>>> tables = new ArrayList<>();
    private final ObjectNode json = JSON.createObjectNode();
    private final ArrayNode results;

    Report(String name, List<String> header) {
        startTable(header);
        json.put("benchmark", name);
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", System.getProperty("java.runtime.version"));
        json.put("finished", Instant.now().toString());
        results = json.putArray("results");
    }

    /** Further rows go into a table of their own. */
    void startTable(List<String> header) {
        tables.add(new ArrayList<>(List.of(header)));
    }

    void add(List<String> row, JsonNode result) {
        tables.get(tables.size() - 1).add(row);
        results.add(result);
    }

    /** A figure of the whole run, for the JSON. */
    void put(String name, long figure) {
        json.put(name, figure);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    void write(PrintWriter out, Path file) throws IOException {
        for (List<List<String>> table : tables) {
            print(out, table);
            out.println();
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, JSON.writeValueAsString(json) + "\n");
        out.println("JSON: " + file);
        out.flush();
    }

    private static void print(PrintWriter out, List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
