package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.Fraction;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import java.util.List;
import java.util.Map;

/** A match condition: {@code {path, methods, headers, cookies, query, sources, grpc, fraction}}, all of them optional. */
final class MatchJson {
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");
    private static final List<String> PATH_WORDS = List.of("exact", "prefix", "rawPrefix", "regex", "template");

    private MatchJson() {}

    static ObjectNode write(RouteMatch match) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        write(match.path(), json.putObject("path"));
        Fields.writeList(json, "methods", match.methods(), TextNode::valueOf);
        Fields.writeList(json, "headers", match.headers(), MatchJson::write);
        Fields.writeList(json, "cookies", match.cookies(), cookie -> ValueJson.write(cookie.name(), cookie.value()));
        Fields.writeList(json, "query", match.query(), query -> ValueJson.write(query.name(), query.value()));
        Fields.writeList(json, "sources", match.sources(), TextNode::valueOf);
        Fields.writeFlag(json, "grpc", match.grpc());
        match.fraction().ifPresent(fraction -> write(fraction, json.putObject("fraction")));
        return json;
    }

    static RouteMatch read(JsonNode json) {
        return new RouteMatch(
                Fields.optional(json, "path").map(MatchJson::path).orElse(EVERY_PATH),
                Fields.list(json, "methods", Fields::text),
                Fields.list(json, "headers", MatchJson::header),
                Fields.list(
                        json, "cookies", item -> new CookieMatch(Fields.string(item, "name"), ValueJson.read(item))),
                Fields.list(json, "query", item -> new QueryMatch(Fields.string(item, "name"), ValueJson.read(item))),
                Fields.list(json, "sources", Fields::text),
                Fields.flag(json, "grpc"),
                Fields.optional(json, "fraction").map(MatchJson::fraction));
    }

    private static void write(PathMatch path, ObjectNode json) {
        if (path instanceof PathMatch.Exact exact) {
            Fields.writeFlag(json.put("exact", exact.path()), "ignoreCase", exact.ignoreCase());
        } else if (path instanceof PathMatch.Prefix prefix) {
            Fields.writeFlag(json.put("prefix", prefix.prefix()), "ignoreCase", prefix.ignoreCase());
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            Fields.writeFlag(json.put("rawPrefix", prefix.prefix()), "ignoreCase", prefix.ignoreCase());
        } else if (path instanceof PathMatch.Regex regex) {
            Fields.writeFlag(json.put("regex", regex.regex()), "ignoreCase", regex.ignoreCase());
        } else if (path instanceof PathMatch.Template template) {
            json.put("template", template.template());
        }
    }

    /** That case is to be ignored with a template is not told here: the schema refuses it. */
    private static PathMatch path(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, PATH_WORDS);
        String text = Fields.text(choice.getValue());
        boolean ignoreCase = Fields.flag(json, "ignoreCase");
        return switch (choice.getKey()) {
            case "exact" -> new PathMatch.Exact(text, ignoreCase);
            case "prefix" -> new PathMatch.Prefix(text, ignoreCase);
            case "rawPrefix" -> new PathMatch.RawPrefix(text, ignoreCase);
            case "template" -> new PathMatch.Template(text);
            default -> new PathMatch.Regex(text, ignoreCase);
        };
    }

    static ObjectNode write(HeaderMatch header) {
        ObjectNode json = ValueJson.write(header.name(), header.value()).put("invert", header.inverted());
        Fields.writeFlag(json, "missingAsEmpty", header.missingAsEmpty());
        return json;
    }

    static HeaderMatch header(JsonNode json) {
        return new HeaderMatch(
                Fields.lowerCaseText(json.path("name")),
                ValueJson.read(json),
                Fields.flag(json, "invert"),
                Fields.flag(json, "missingAsEmpty"));
    }

    private static void write(Fraction fraction, ObjectNode json) {
        json.put("percent", Percents.ofMillionths(fraction.millionths()));
        fraction.runtimeKey().ifPresent(key -> json.put("runtimeKey", key));
    }

    private static Fraction fraction(JsonNode json) {
        return new Fraction(
                Percents.toMillionths(Fields.required(json, "percent")), Fields.optionalString(json, "runtimeKey"));
    }
}
