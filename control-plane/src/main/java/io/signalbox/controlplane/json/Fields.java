package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reading fields of JSON that has passed the schema; whatever is otherwise is an {@link IllegalArgumentException}, which
 * never tells a value: it may be a private key.
 */
final class Fields {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.SMART);

    private Fields() {}

    static String string(JsonNode json, String field) {
        return optionalString(json, field).orElseThrow(() -> wrong(field));
    }

    static Optional<String> optionalString(JsonNode json, String field) {
        return optional(json, field).map(Fields::text);
    }

    static int integer(JsonNode json, String field) {
        return optionalInteger(json, field).orElseThrow(() -> wrong(field));
    }

    static int integer(JsonNode json, String field, int absent) {
        return optionalInteger(json, field).orElse(absent);
    }

    static Optional<Integer> optionalInteger(JsonNode json, String field) {
        return optional(json, field).map(value -> {
            if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
                throw wrong(field);
            }
            return value.intValue();
        });
    }

    static long longInteger(JsonNode json, String field) {
        JsonNode value = required(json, field);
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw wrong(field);
        }
        return value.longValue();
    }

    static Optional<Duration> optionalDuration(JsonNode json, String field) {
        return optionalString(json, field).map(Durations::parse);
    }

    /** RFC 3339, section 5.6. What the schema cannot say is read kindly: the 29th of February of most years is the 28th. */
    static Instant instant(String text) {
        return OffsetDateTime.parse(text, RFC_3339).toInstant();
    }

    static double number(JsonNode json, String field, double absent) {
        return optional(json, field)
                .map(value -> {
                    if (!value.isNumber()) {
                        throw wrong(field);
                    }
                    return value.doubleValue();
                })
                .orElse(absent);
    }

    static boolean flag(JsonNode json, String field) {
        return optional(json, field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(field);
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        optional(json, field).ifPresent(array -> array.forEach(item -> items.add(read.apply(item))));
        return items;
    }

    static JsonNode required(JsonNode json, String field) {
        return optional(json, field).orElseThrow(() -> wrong(field));
    }

    static Optional<JsonNode> optional(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    /** Any of the given keys of an object that has one of them, as single-key objects for a choice do. */
    static Map.Entry<String, JsonNode> choice(JsonNode json, List<String> keys) {
        for (String key : keys) {
            if (json.has(key)) {
                return Map.entry(key, json.path(key));
            }
        }
        throw new IllegalArgumentException("none of the keys " + keys);
    }

    static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a " + value.getNodeType() + " in place of a string");
        }
        return value.textValue();
    }

    /** ASCII letters only, so that no other letter turns into one of them ({@code U+212A}, the Kelvin sign, would). */
    static String lowerCaseText(JsonNode value) {
        return Ascii.toLowerCase(text(value));
    }

    /** Nothing for an empty list. */
    static <T> void writeList(ObjectNode json, String field, List<T> items, Function<T, JsonNode> write) {
        if (!items.isEmpty()) {
            ArrayNode array = json.putArray(field);
            items.forEach(item -> array.add(write.apply(item)));
        }
    }

    /** Nothing for nothing. */
    static void write(ObjectNode json, String field, Optional<String> value) {
        value.ifPresent(text -> json.put(field, text));
    }

    static void writeInteger(ObjectNode json, String field, Optional<Integer> value) {
        value.ifPresent(number -> json.put(field, number));
    }

    /** Nothing for {@code false}. */
    static void writeFlag(ObjectNode json, String field, boolean value) {
        if (value) {
            json.put(field, true);
        }
    }

    private static IllegalArgumentException wrong(String field) {
        return new IllegalArgumentException(field + " is missing or of a wrong type");
    }
}
