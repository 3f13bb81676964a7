package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What differs between two states of a resource, a line for each field: {@code spec.port: 443 -> 8443}. */
final class SpecDifference {
    private final List<String> lines = new ArrayList<>();

    private SpecDifference() {}

    static List<String> between(JsonNode before, JsonNode after) {
        SpecDifference difference = new SpecDifference();
        difference.compare("labels", before.path("labels"), after.path("labels"));
        difference.compare("spec", before.path("spec"), after.path("spec"));
        return List.copyOf(difference.lines);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            SortedSet<String> fields = new TreeSet<>();
            before.fieldNames().forEachRemaining(fields::add);
            after.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(path + "." + field, before.path(field), after.path(field)));
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else {
            lines.add(path + ": " + text(before) + " -> " + text(after));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "(none)" : node.toString();
    }
}
