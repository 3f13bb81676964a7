package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.ConnectionRules;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.HttpsRedirect;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ProxyProtocol;
import io.signalbox.controlplane.model.Trust;

/** What a listener has besides its protocol, headers and log. What is by default is not written. */
final class ListenerEdgeJson {
    private ListenerEdgeJson() {}

    static void write(ListenerEdge edge, ObjectNode json) {
        edge.trust().ifPresent(trust -> write(trust, json.putObject("trust")));
        edge.redirectToHttps()
                .ifPresent(redirect -> json.putObject("redirectToHttps")
                        .put("status", redirect.status())
                        .put("port", redirect.port()));
        if (!edge.http2().equals(Http2.DEFAULT)) {
            json.putObject("http2")
                    .put("enabled", edge.http2().enabled())
                    .put("maxConcurrentStreams", edge.http2().maxConcurrentStreams());
        }
        edge.rateLimit().ifPresent(limit -> PoliciesJson.write(limit, json.putObject("rateLimit")));
        edge.maxRequestBody().ifPresent(limit -> PoliciesJson.write(limit, json.putObject("maxRequestBody")));
        edge.authorization()
                .ifPresent(authorization -> AuthorizationJson.write(authorization, json.putObject("authorization")));
        edge.compression().ifPresent(compression -> CompressionJson.write(compression, json.putObject("compression")));
        edge.idleTimeout().ifPresent(timeout -> json.put("idleTimeout", Durations.text(timeout)));
        write(edge.connections(), json);
    }

    private static void write(ConnectionRules connections, ObjectNode json) {
        connections
                .proxyProtocol()
                .ifPresent(
                        protocol -> Fields.writeFlag(json.putObject("proxyProtocol"), "optional", protocol.optional()));
        connections.limit().ifPresent(limit -> json.put("connectionLimit", limit));
    }

    private static void write(Trust trust, ObjectNode json) {
        if (trust.hops() > 0) {
            json.put("hops", trust.hops());
        }
        Fields.writeList(json, "networks", trust.networks(), TextNode::valueOf);
        Fields.writeList(json, "headers", trust.headers(), TextNode::valueOf);
    }

    static ListenerEdge read(JsonNode json) {
        return new ListenerEdge(
                Fields.optional(json, "trust").map(ListenerEdgeJson::trust),
                Fields.optional(json, "redirectToHttps").map(ListenerEdgeJson::redirect),
                Fields.optional(json, "http2").map(ListenerEdgeJson::http2).orElse(Http2.DEFAULT),
                Fields.optional(json, "rateLimit").map(PoliciesJson::rateLimit),
                Fields.optional(json, "maxRequestBody").map(PoliciesJson::bodyLimit),
                Fields.optional(json, "authorization").map(AuthorizationJson::read),
                Fields.optional(json, "compression").map(CompressionJson::read),
                Fields.optionalDuration(json, "idleTimeout"),
                connections(json));
    }

    private static ConnectionRules connections(JsonNode json) {
        return new ConnectionRules(
                Fields.optional(json, "proxyProtocol")
                        .map(protocol -> new ProxyProtocol(Fields.flag(protocol, "optional"))),
                Fields.optional(json, "connectionLimit").map(JsonNode::intValue));
    }

    private static Trust trust(JsonNode json) {
        return new Trust(
                Fields.integer(json, "hops", 0),
                Fields.list(json, "networks", Fields::text),
                Fields.list(json, "headers", Fields::lowerCaseText));
    }

    private static HttpsRedirect redirect(JsonNode json) {
        return new HttpsRedirect(
                Fields.integer(json, "status", HttpsRedirect.DEFAULT_STATUS),
                Fields.integer(json, "port", HttpsRedirect.DEFAULT_PORT));
    }

    private static Http2 http2(JsonNode json) {
        return new Http2(
                Fields.optional(json, "enabled").map(JsonNode::booleanValue).orElse(true),
                Fields.integer(json, "maxConcurrentStreams", Http2.DEFAULT.maxConcurrentStreams()));
    }
}
