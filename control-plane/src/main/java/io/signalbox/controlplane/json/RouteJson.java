package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.List;

final class RouteJson {
    private static final List<String> EVERY_HOST = List.of("*");

    private RouteJson() {}

    static void write(RouteSpec route, ObjectNode json) {
        Fields.writeList(json, "hosts", route.hosts(), TextNode::valueOf);
        Fields.writeList(json, "listeners", route.listeners(), TextNode::valueOf);
        json.put("priority", route.priority());
        json.set("match", MatchJson.write(route.match()));
        json.set("action", ActionJson.write(route.action()));
        HeadersJson.write(route.headers(), json);
        PoliciesJson.write(route.policies(), json);
        route.expiresAt().ifPresent(time -> json.put("expiresAt", time.toString()));
    }

    static RouteSpec read(JsonNode json) {
        List<String> hosts = Fields.list(json, "hosts", Fields::lowerCaseText);
        return new RouteSpec(
                hosts.isEmpty() ? EVERY_HOST : hosts,
                Fields.list(json, "listeners", Fields::text),
                Fields.integer(json, "priority", 0),
                MatchJson.read(json.path("match")),
                ActionJson.read(json.path("action")),
                HeadersJson.read(json),
                PoliciesJson.read(json),
                Fields.optionalString(json, "expiresAt").map(Fields::instant));
    }
}
