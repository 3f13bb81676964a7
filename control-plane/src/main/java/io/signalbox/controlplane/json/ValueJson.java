package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.List;
import java.util.Map;

/** A condition on a named value: {@code {name, exact | prefix | …, ignoreCase}}. */
final class ValueJson {
    private static final List<String> WORDS =
            List.of("exact", "prefix", "suffix", "contains", "regex", "range", "present");

    private ValueJson() {}

    static ObjectNode write(String name, ValueMatch value) {
        return write(value, JsonNodeFactory.instance.objectNode().put("name", name));
    }

    /** Of a value that needs no name. */
    static ObjectNode write(ValueMatch value) {
        return write(value, JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode write(ValueMatch value, ObjectNode json) {
        if (value instanceof ValueMatch.Exact exact) {
            Fields.writeFlag(json.put("exact", exact.value()), "ignoreCase", exact.ignoreCase());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            Fields.writeFlag(json.put("prefix", prefix.prefix()), "ignoreCase", prefix.ignoreCase());
        } else if (value instanceof ValueMatch.Suffix suffix) {
            Fields.writeFlag(json.put("suffix", suffix.suffix()), "ignoreCase", suffix.ignoreCase());
        } else if (value instanceof ValueMatch.Contains contains) {
            Fields.writeFlag(json.put("contains", contains.substring()), "ignoreCase", contains.ignoreCase());
        } else if (value instanceof ValueMatch.Regex regex) {
            Fields.writeFlag(json.put("regex", regex.regex()), "ignoreCase", regex.ignoreCase());
        } else if (value instanceof ValueMatch.Range range) {
            json.putObject("range").put("from", range.from()).put("to", range.to());
        } else if (value instanceof ValueMatch.Present present) {
            json.put("present", present.present());
        }
        return json;
    }

    static ValueMatch read(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, WORDS);
        JsonNode value = choice.getValue();
        boolean ignoreCase = Fields.flag(json, "ignoreCase");
        return switch (choice.getKey()) {
            case "exact" -> new ValueMatch.Exact(Fields.text(value), ignoreCase);
            case "prefix" -> new ValueMatch.Prefix(Fields.text(value), ignoreCase);
            case "suffix" -> new ValueMatch.Suffix(Fields.text(value), ignoreCase);
            case "contains" -> new ValueMatch.Contains(Fields.text(value), ignoreCase);
            case "range" -> new ValueMatch.Range(Fields.longInteger(value, "from"), Fields.longInteger(value, "to"));
            case "present" -> new ValueMatch.Present(Fields.flag(json, "present"));
            default -> new ValueMatch.Regex(Fields.text(value), ignoreCase);
        };
    }
}
