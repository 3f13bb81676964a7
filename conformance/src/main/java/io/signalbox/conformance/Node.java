package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One object of a file, read field by field; faults are collected with the path of their field. */
final class Node {
    private final String path;
    private final JsonNode json;
    private final List<String> faults;
    private final Set<String> read = new HashSet<>();

    Node(String path, JsonNode json, List<String> faults) {
        this.path = path;
        this.json = json;
        this.faults = faults;
        if (!json.isObject()) {
            fault("", describe(json) + " (expected: an object)");
        }
    }

    boolean isText(String field) {
        return json.path(field).isTextual();
    }

    void fault(String field, String message) {
        String where = join(field);
        faults.add((where.isEmpty() ? "" : where + ": ") + message);
    }

    private String join(String field) {
        if (path.isEmpty() || field.isEmpty()) {
            return path + field;
        }
        return path + "." + field;
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    boolean has(String field) {
        read.add(field);
        return json.has(field);
    }

    /** Any value, an object if it is not there. */
    JsonNode tree(String field) {
        if (!has(field)) {
            fault(field, "nothing (expected: an object)");
            return MissingNode.getInstance();
        }
        return json.get(field);
    }

    Node child(String field) {
        return new Node(join(field), tree(field), faults);
    }

    String required(String field) {
        Optional<String> text = text(field);
        if (text.isEmpty() && !json.has(field)) {
            fault(field, "nothing (expected: a text)");
        }
        return text.orElse("").strip();
    }

    Optional<String> text(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!json.get(field).isTextual()) {
            fault(field, describe(json.get(field)) + " (expected: a text; quote what looks like something else)");
            return Optional.empty();
        }
        return Optional.of(json.get(field).textValue());
    }

    int integer(String field, int other) {
        if (!has(field)) {
            return other;
        }
        if (!json.get(field).canConvertToInt()) {
            fault(field, describe(json.get(field)) + " (expected: an integer)");
        }
        return json.get(field).asInt(other);
    }

    OptionalInt optionalInteger(String field) {
        return has(field) ? OptionalInt.of(integer(field, 0)) : OptionalInt.empty();
    }

    boolean flag(String field, boolean other) {
        if (has(field) && !json.get(field).isBoolean()) {
            fault(field, describe(json.get(field)) + " (expected: true or false)");
        }
        return json.path(field).asBoolean(other);
    }

    double number(String field, double other) {
        if (has(field) && !json.get(field).isNumber()) {
            fault(field, describe(json.get(field)) + " (expected: a number)");
        }
        return json.path(field).asDouble(other);
    }

    List<Node> list(String field) {
        List<Node> nodes = new ArrayList<>();
        elements(field, (where, element) -> nodes.add(new Node(join(where), element, faults)));
        return nodes;
    }

    /** As {@link #list}; an integer is short for an object with this field alone. */
    List<Node> list(String field, String shortField) {
        List<Node> nodes = new ArrayList<>();
        elements(field, (where, element) -> nodes.add(new Node(join(where), whole(element, shortField), faults)));
        return nodes;
    }

    /** An object, or an integer that is short for one with this field alone. */
    Optional<Node> find(String field, String shortField) {
        return has(field)
                ? Optional.of(new Node(join(field), whole(json.get(field), shortField), faults))
                : Optional.empty();
    }

    /** As {@link #children}; an integer is short for an object with this field alone. */
    Map<String, Node> children(String field, String shortField) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        fields(
                field,
                (name, value) -> nodes.put(name, new Node(join(field + "." + name), whole(value, shortField), faults)));
        return nodes;
    }

    private static JsonNode whole(JsonNode value, String shortField) {
        return value.isInt() ? JsonNodeFactory.instance.objectNode().set(shortField, value) : value;
    }

    Map<String, Node> children(String field) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        fields(field, (name, value) -> nodes.put(name, new Node(join(field + "." + name), value, faults)));
        return nodes;
    }

    List<String> strings(String field) {
        List<String> texts = new ArrayList<>();
        elements(field, (where, element) -> texts.add(textual(where, element)));
        return texts;
    }

    private void elements(String field, BiConsumer<String, JsonNode> each) {
        if (!has(field)) {
            return;
        }
        JsonNode list = json.get(field);
        if (!list.isArray()) {
            fault(field, describe(list) + " (expected: a list)");
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            each.accept(field + "[" + i + "]", list.get(i));
        }
    }

    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields(field, (name, value) -> texts.put(name, textual(field + "." + name, value)));
        return texts;
    }

    Map<String, Double> numbers(String field) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        fields(field, (name, value) -> {
            if (!value.isNumber()) {
                fault(field + "." + name, describe(value) + " (expected: a number)");
            }
            numbers.put(name, value.asDouble());
        });
        return numbers;
    }

    Map<String, Integer> integers(String field) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        fields(field, (name, value) -> {
            if (!value.isInt()) {
                fault(field + "." + name, describe(value) + " (expected: an integer)");
            }
            numbers.put(name, value.asInt());
        });
        return numbers;
    }

    /** One text or a list of them for each name. */
    Map<String, List<String>> lists(String field) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        fields(field, (name, value) -> lists.put(name, values(field + "." + name, value)));
        return lists;
    }

    /** As {@link #lists}, with null where the file says {@code null}. */
    Map<String, @Nullable List<String>> listsOrNulls(String field) {
        Map<String, @Nullable List<String>> lists = new LinkedHashMap<>();
        fields(field, (name, value) -> lists.put(name, value.isNull() ? null : values(field + "." + name, value)));
        return lists;
    }

    private List<String> values(String where, JsonNode value) {
        List<String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(v -> values.add(textual(where, v)));
        } else {
            values.add(textual(where, value));
        }
        return values;
    }

    private void fields(String field, BiConsumer<String, JsonNode> each) {
        if (!has(field)) {
            return;
        }
        if (!json.get(field).isObject()) {
            fault(field, describe(json.get(field)) + " (expected: an object)");
            return;
        }
        json.get(field).properties().forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
    }

    private String textual(String where, JsonNode value) {
        if (!value.isTextual()) {
            fault(where, describe(value) + " (expected: a text; quote what looks like something else)");
        }
        return value.asText();
    }

    void refuseBeside(String field, String... others) {
        for (String other : others) {
            if (json.has(other)) {
                fault(other, "stands beside " + field + " (expected: one of both)");
            }
        }
    }

    /** Every field that nobody asked for is a fault. Call when all others were read. */
    void refuseOthers() {
        json.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                fault(
                        name,
                        "unknown field (expected: one of "
                                + read.stream().sorted().toList() + ")");
            }
        });
    }

    private static String describe(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
