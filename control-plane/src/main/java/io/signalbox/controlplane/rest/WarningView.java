package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.validation.Warning;
import java.util.List;

/** Warnings as users see them. */
final class WarningView {
    private WarningView() {}

    static ArrayNode toJson(List<Warning> warnings) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        warnings.forEach(warning -> list.add(toJson(warning)));
        return list;
    }

    static ObjectNode toJson(Warning warning) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", warning.code())
                .put("message", warning.message());
        ArrayNode resources = json.putArray("resources");
        warning.resources().forEach(key -> Refusals.keyed(resources.addObject(), key));
        return json;
    }
}
