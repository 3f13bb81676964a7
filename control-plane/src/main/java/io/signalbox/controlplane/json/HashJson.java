package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.HashPolicy;
import java.util.List;
import java.util.Map;

/** What is hashed: one key of {@code header}, {@code cookie}, {@code query}, {@code sourceIp}, beside it {@code terminal}. */
final class HashJson {
    private static final String HEADER = "header";
    private static final String COOKIE = "cookie";
    private static final String QUERY = "query";
    private static final String SOURCE_IP = "sourceIp";
    private static final List<String> WORDS = List.of(HEADER, COOKIE, QUERY, SOURCE_IP);

    private HashJson() {}

    static ObjectNode write(HashPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (policy.source() instanceof HashPolicy.Header header) {
            json.put(HEADER, header.name());
        } else if (policy.source() instanceof HashPolicy.Cookie cookie) {
            ObjectNode object = json.putObject(COOKIE).put("name", cookie.name());
            Fields.write(object, "ttl", cookie.ttl().map(Durations::text));
            Fields.write(object, "path", cookie.path());
        } else if (policy.source() instanceof HashPolicy.Query query) {
            json.put(QUERY, query.name());
        } else {
            json.putObject(SOURCE_IP);
        }
        if (policy.terminal()) {
            json.put("terminal", true);
        }
        return json;
    }

    static HashPolicy read(JsonNode json) {
        return new HashPolicy(source(Fields.choice(json, WORDS)), Fields.flag(json, "terminal"));
    }

    private static HashPolicy.Source source(Map.Entry<String, JsonNode> choice) {
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case HEADER -> new HashPolicy.Header(Fields.lowerCaseText(value));
            case COOKIE ->
                new HashPolicy.Cookie(
                        Fields.string(value, "name"),
                        Fields.optionalDuration(value, "ttl"),
                        Fields.optionalString(value, "path"));
            case QUERY -> new HashPolicy.Query(Fields.text(value));
            default -> new HashPolicy.SourceIp();
        };
    }
}
