package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.AccessLog.Format;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code accessLog} of a listener. */
final class AccessLogJson {
    private AccessLogJson() {}

    static void write(AccessLog log, ObjectNode json) {
        if (log.format() instanceof AccessLog.Text text) {
            json.put("text", text.text());
        } else if (log.format() instanceof AccessLog.Json object) {
            ObjectNode fields = json.putObject("json");
            object.fields().forEach(fields::put);
        }
        Fields.writeInteger(json, "minimumStatus", log.minimumStatus());
    }

    static AccessLog read(JsonNode json) {
        return new AccessLog(format(json), Fields.optionalInteger(json, "minimumStatus"));
    }

    private static Format format(JsonNode json) {
        if (json.has("text")) {
            return new AccessLog.Text(Fields.string(json, "text"));
        }
        if (!json.has("json")) {
            return new AccessLog.Usual();
        }
        SortedMap<String, String> fields = new TreeMap<>();
        json.path("json").properties().forEach(field -> fields.put(field.getKey(), Fields.text(field.getValue())));
        return new AccessLog.Json(fields);
    }
}
