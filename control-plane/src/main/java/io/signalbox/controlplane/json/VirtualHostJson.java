package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.VirtualHostSpec;

final class VirtualHostJson {
    private static final String UNMATCHED = "unmatched";

    private VirtualHostJson() {}

    static void write(VirtualHostSpec host, ObjectNode json) {
        Fields.writeList(json, "hosts", host.hosts(), TextNode::valueOf);
        Fields.writeList(json, "listeners", host.listeners(), TextNode::valueOf);
        HeadersJson.write(host.headers(), json);
        PoliciesJson.write(host.policies(), json);
        host.unmatched().ifPresent(action -> json.set(UNMATCHED, ActionJson.write(action)));
    }

    static VirtualHostSpec read(JsonNode json) {
        return new VirtualHostSpec(
                Fields.list(json, "hosts", Fields::lowerCaseText),
                Fields.list(json, "listeners", Fields::text),
                HeadersJson.read(json),
                PoliciesJson.read(json),
                Fields.optional(json, UNMATCHED).map(ActionJson::read));
    }
}
