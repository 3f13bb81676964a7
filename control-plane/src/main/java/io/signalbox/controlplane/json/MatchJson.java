package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.List;
import java.util.Map;

/** A match condition: {@code {path, methods, headers, cookies, query}}, all of them optional. */
final class MatchJson {
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");
    private static final List<String> PATH_WORDS = List.of("exact", "prefix", "regex");
    private static final List<String> VALUE_WORDS =
            List.of("exact", "prefix", "suffix", "contains", "regex", "present");

    private MatchJson() {}

    static ObjectNode write(RouteMatch match) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        write(match.path(), json.putObject("path"));
        Fields.writeList(json, "methods", match.methods(), TextNode::valueOf);
        Fields.writeList(
                json,
                "headers",
                match.headers(),
                header -> named(header.name(), header.value()).put("invert", header.inverted()));
        Fields.writeList(json, "cookies", match.cookies(), cookie -> named(cookie.name(), cookie.value()));
        Fields.writeList(json, "query", match.query(), query -> named(query.name(), query.value()));
        return json;
    }

    static RouteMatch read(JsonNode json) {
        return new RouteMatch(
                Fields.optional(json, "path").map(MatchJson::path).orElse(EVERY_PATH),
                Fields.list(json, "methods", Fields::text),
                Fields.list(json, "headers", MatchJson::header),
                Fields.list(json, "cookies", item -> new CookieMatch(Fields.string(item, "name"), value(item))),
                Fields.list(json, "query", item -> new QueryMatch(Fields.string(item, "name"), value(item))));
    }

    private static void write(PathMatch path, ObjectNode json) {
        if (path instanceof PathMatch.Exact exact) {
            json.put("exact", exact.path());
        } else if (path instanceof PathMatch.Prefix prefix) {
            json.put("prefix", prefix.prefix());
        } else if (path instanceof PathMatch.Regex regex) {
            json.put("regex", regex.regex());
        }
    }

    private static PathMatch path(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, PATH_WORDS);
        String text = Fields.text(choice.getValue());
        return switch (choice.getKey()) {
            case "exact" -> new PathMatch.Exact(text);
            case "prefix" -> new PathMatch.Prefix(text);
            default -> new PathMatch.Regex(text);
        };
    }

    private static HeaderMatch header(JsonNode json) {
        return new HeaderMatch(Fields.lowerCaseText(json.path("name")), value(json), Fields.flag(json, "invert"));
    }

    private static ObjectNode named(String name, ValueMatch value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
        if (value instanceof ValueMatch.Exact exact) {
            json.put("exact", exact.value());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            json.put("prefix", prefix.prefix());
        } else if (value instanceof ValueMatch.Suffix suffix) {
            json.put("suffix", suffix.suffix());
        } else if (value instanceof ValueMatch.Contains contains) {
            json.put("contains", contains.substring());
        } else if (value instanceof ValueMatch.Regex regex) {
            json.put("regex", regex.regex());
        } else if (value instanceof ValueMatch.Present present) {
            json.put("present", present.present());
        }
        return json;
    }

    private static ValueMatch value(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, VALUE_WORDS);
        if (choice.getKey().equals("present")) {
            return new ValueMatch.Present(Fields.flag(json, "present"));
        }
        String text = Fields.text(choice.getValue());
        return switch (choice.getKey()) {
            case "exact" -> new ValueMatch.Exact(text);
            case "prefix" -> new ValueMatch.Prefix(text);
            case "suffix" -> new ValueMatch.Suffix(text);
            case "contains" -> new ValueMatch.Contains(text);
            default -> new ValueMatch.Regex(text);
        };
    }
}
