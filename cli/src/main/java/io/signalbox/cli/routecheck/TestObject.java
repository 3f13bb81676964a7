package io.signalbox.cli.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.signalbox.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object of a file of tests. What is wrong with it is told with its place.
 *
 * @param at its place: {@code tests[0].input}
 */
record TestObject(JsonNode json, String at) {
    static TestObject of(JsonNode json, String at, Set<String> known) {
        if (!json.isObject()) {
            throw new CommandFailure(at + ": " + found(json) + " (expected: an object)");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new CommandFailure(join(at, name) + ": is not known (expected: one of "
                        + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        });
        return new TestObject(json, at);
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    TestObject object(String name, Set<String> known) {
        return of(required(name), join(at, name), known);
    }

    String text(String name) {
        JsonNode value = required(name);
        return check(name, value.isValueNode(), "text").asText();
    }

    Optional<String> findText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    boolean flag(String name) {
        return has(name)
                && check(name, json.get(name).isBoolean(), "true or false").asBoolean();
    }

    /** Zero where it is missing. */
    long number(String name) {
        if (!has(name)) {
            return 0;
        }
        JsonNode value = json.get(name);
        return check(name, value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0, "0 or more")
                .asLong();
    }

    List<JsonNode> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        check(name, json.get(name).isArray(), "a list");
        List<JsonNode> list = new ArrayList<>();
        json.get(name).forEach(list::add);
        return list;
    }

    private JsonNode check(String name, boolean holds, String expected) {
        JsonNode value = json.path(name);
        if (!holds) {
            throw new CommandFailure(join(at, name) + ": " + found(value) + " (expected: " + expected + ")");
        }
        return value;
    }

    private JsonNode required(String name) {
        if (!has(name)) {
            throw new CommandFailure(join(at, name) + ": is required");
        }
        return json.get(name);
    }

    /** The names of an object in a form of its own; each must be there once. */
    TestObject renamed(String prefix) {
        var renamed = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(field -> {
            String name =
                    field.getKey().startsWith(prefix) ? field.getKey().substring(prefix.length()) : field.getKey();
            if (renamed.has(name)) {
                throw new CommandFailure(join(at, name) + ": stands there twice, as " + prefix + name + " too");
            }
            renamed.set(name, field.getValue());
        });
        return new TestObject(renamed, at);
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "nothing" : value.toString();
    }

    static String join(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }
}
