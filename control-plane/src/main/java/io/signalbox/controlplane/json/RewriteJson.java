package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.Rewrite.Host;
import io.signalbox.controlplane.model.Rewrite.HostSource;
import io.signalbox.controlplane.model.Rewrite.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changes on the way to a server: {@code {host, path}}. */
final class RewriteJson {
    private static final List<String> HOST_WORDS = List.of("literal", "fromHeader", "auto");
    private static final List<String> PATH_WORDS = List.of("prefix", "regex", "template");

    private RewriteJson() {}

    /** Empty when nothing changes. */
    static Optional<ObjectNode> write(Rewrite rewrite) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        rewrite.host().ifPresent(host -> write(host, json.putObject("host")));
        rewrite.path().ifPresent(path -> json.set("path", write(path)));
        return json.isEmpty() ? Optional.empty() : Optional.of(json);
    }

    static Rewrite read(JsonNode json) {
        return new Rewrite(
                Fields.optional(json, "host").map(RewriteJson::host),
                Fields.optional(json, "path").map(RewriteJson::path));
    }

    private static void write(Host host, ObjectNode json) {
        if (host.from() instanceof HostSource.Literal literal) {
            json.put("literal", literal.host());
        } else if (host.from() instanceof HostSource.FromHeader from) {
            json.put("fromHeader", from.header());
        } else if (host.from() instanceof HostSource.Auto) {
            json.putObject("auto");
        }
        Fields.writeFlag(json, "forwardOriginal", host.forwardOriginal());
    }

    private static Host host(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, HOST_WORDS);
        HostSource from = switch (choice.getKey()) {
            case "literal" -> new HostSource.Literal(Fields.text(choice.getValue()));
            case "fromHeader" -> new HostSource.FromHeader(Fields.lowerCaseText(choice.getValue()));
            default -> new HostSource.Auto();
        };
        return new Host(from, Fields.flag(json, "forwardOriginal"));
    }

    private static ObjectNode write(Path path) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (path instanceof Path.Prefix prefix) {
            json.put("prefix", prefix.prefix());
        } else if (path instanceof Path.Regex regex) {
            json.set("regex", write(regex));
        } else if (path instanceof Path.Template template) {
            json.put("template", template.template());
        }
        return json;
    }

    private static Path path(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, PATH_WORDS);
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case "prefix" -> new Path.Prefix(Fields.text(value));
            case "template" -> new Path.Template(Fields.text(value));
            default -> regex(value);
        };
    }

    static ObjectNode write(Path.Regex regex) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pattern", regex.pattern())
                .put("substitution", regex.substitution());
    }

    static Path.Regex regex(JsonNode json) {
        return new Path.Regex(Fields.string(json, "pattern"), Fields.string(json, "substitution"));
    }
}
