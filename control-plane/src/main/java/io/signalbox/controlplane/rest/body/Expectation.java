package io.signalbox.controlplane.rest.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says in plain words what a schema wants. */
final class Expectation {
    private final UnaryOperator<JsonNode> resolve;

    /** @param resolve gives what a schema with a {@code $ref} refers to, and other schemas as they are */
    Expectation(UnaryOperator<JsonNode> resolve) {
        this.resolve = resolve;
    }

    String of(JsonNode schemaOrReference) {
        JsonNode schema = resolve.apply(schemaOrReference);
        if (schema.has("x-expected")) {
            return schema.path("x-expected").asText();
        } else if (schema.has("enum")) {
            return choice(words(schema.path("enum")));
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> "an integer" + range(schema, "minimum", "maximum", "");
            case "number" -> "a number" + range(schema, "minimum", "maximum", "");
            case "string" -> "a string" + range(schema, "minLength", "maxLength", " characters");
            case "boolean" -> "true or false";
            case "array" -> "a list" + range(schema, "minItems", "maxItems", " items");
            case "object" -> object(schema);
            default -> "another value";
        };
    }

    private String object(JsonNode schema) {
        List<String> keys = names(schema.path("properties"));
        if (schema.path("maxProperties").asInt() == 1) {
            return "an object with exactly one of " + String.join(", ", keys);
        } else if (schema.has("maxProperties")) {
            int most = schema.path("maxProperties").asInt();
            int least = schema.path("minProperties").asInt();
            return "an object with " + (least == 0 ? "at most " : least + " to ") + most + " keys";
        }
        return keys.isEmpty() ? "an object" : "an object with " + String.join(", ", keys);
    }

    /** What {@code oneOf} over required keys wants. */
    String oneOf(JsonNode schema) {
        List<String> keys = new ArrayList<>();
        schema.path("oneOf").forEach(branch -> branch.path("required").forEach(key -> keys.add(key.asText())));
        return "exactly one of " + String.join(", ", keys);
    }

    /** What an object wants instead of a key that it does not know. */
    String knownKeys(JsonNode schema) {
        List<String> keys = names(schema.path("properties"));
        return keys.isEmpty() ? "no key at all" : choice(keys);
    }

    private List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.properties().forEach(property -> {
            if (!resolve.apply(property.getValue()).path("readOnly").asBoolean()) {
                names.add(property.getKey());
            }
        });
        return names;
    }

    private static String choice(List<String> words) {
        return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }

    private static List<String> words(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.asText()));
        return words;
    }

    private static String range(JsonNode schema, String lowest, String highest, String unit) {
        Optional<String> from = number(schema, lowest);
        Optional<String> to = number(schema, highest);
        if (from.isPresent() && to.isPresent()) {
            return (unit.isEmpty() ? " from " : " of ") + from.get() + " to " + to.get() + unit;
        }
        return from.map(least -> " of at least " + least + unit)
                .or(() -> to.map(most -> " of at most " + most + unit))
                .orElse("");
    }

    private static Optional<String> number(JsonNode schema, String keyword) {
        return schema.has(keyword) ? Optional.of(schema.path(keyword).asText()) : Optional.empty();
    }
}
