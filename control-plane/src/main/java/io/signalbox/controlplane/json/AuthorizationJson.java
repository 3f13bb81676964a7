package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Authorization;

/** Whom a listener asks whether requests may pass. */
final class AuthorizationJson {
    private AuthorizationJson() {}

    static void write(Authorization authorization, ObjectNode json) {
        json.put("pool", authorization.pool());
        authorization.path().ifPresent(path -> json.put("path", path));
        json.put("timeout", Durations.text(authorization.timeout()));
        Fields.writeFlag(json, "failOpen", authorization.failOpen());
        json.put("statusOnError", authorization.statusOnError());
        Authorization.Headers headers = authorization.headers();
        Fields.writeList(json, "requestHeaders", headers.ofRequest(), TextNode::valueOf);
        Fields.writeList(json, "upstreamHeaders", headers.toUpstream(), TextNode::valueOf);
        Fields.writeList(json, "clientHeaders", headers.toClient(), TextNode::valueOf);
        Fields.writeFlag(json, "onDemand", authorization.onDemand());
    }

    static Authorization read(JsonNode json) {
        return new Authorization(
                Fields.string(json, "pool"),
                Fields.optional(json, "path").map(JsonNode::textValue),
                Fields.optionalDuration(json, "timeout").orElse(Authorization.DEFAULT_TIMEOUT),
                Fields.flag(json, "failOpen"),
                Fields.integer(json, "statusOnError", Authorization.DEFAULT_STATUS),
                new Authorization.Headers(
                        Fields.list(json, "requestHeaders", Fields::lowerCaseText),
                        Fields.list(json, "upstreamHeaders", Fields::lowerCaseText),
                        Fields.list(json, "clientHeaders", Fields::lowerCaseText)),
                Fields.flag(json, "onDemand"));
    }
}
