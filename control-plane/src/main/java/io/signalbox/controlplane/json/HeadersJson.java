package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderChanges.Value;
import io.signalbox.controlplane.model.HeaderEdits;
import java.util.List;

/** {@code requestHeaders} and {@code responseHeaders}, beside whatever else an object has. */
final class HeadersJson {
    private static final String REQUEST = "requestHeaders";
    private static final String RESPONSE = "responseHeaders";

    private HeadersJson() {}

    static void write(HeaderEdits edits, ObjectNode json) {
        write(edits.request(), REQUEST, json);
        write(edits.response(), RESPONSE, json);
    }

    static HeaderEdits read(JsonNode json) {
        return new HeaderEdits(changes(json.path(REQUEST)), changes(json.path(RESPONSE)));
    }

    private static void write(HeaderChanges changes, String field, ObjectNode json) {
        if (!changes.isEmpty()) {
            ObjectNode object = json.putObject(field);
            Fields.writeList(object, "set", changes.set(), HeadersJson::write);
            Fields.writeList(object, "setIfPresent", changes.setIfPresent(), HeadersJson::write);
            Fields.writeList(object, "setIfAbsent", changes.setIfAbsent(), HeadersJson::write);
            Fields.writeList(object, "add", changes.add(), HeadersJson::write);
            Fields.writeList(object, "remove", changes.remove(), TextNode::valueOf);
        }
    }

    private static ObjectNode write(Value value) {
        return JsonNodeFactory.instance.objectNode().put("name", value.name()).put("value", value.value());
    }

    private static HeaderChanges changes(JsonNode json) {
        return new HeaderChanges(
                values(json, "set"),
                values(json, "setIfPresent"),
                values(json, "setIfAbsent"),
                values(json, "add"),
                Fields.list(json, "remove", Fields::lowerCaseText));
    }

    private static List<Value> values(JsonNode json, String field) {
        return Fields.list(
                json, field, item -> new Value(Fields.lowerCaseText(item.path("name")), Fields.string(item, "value")));
    }
}
