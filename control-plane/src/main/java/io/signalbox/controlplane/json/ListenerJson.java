package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ListenerSpec.Http;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import io.signalbox.controlplane.model.ListenerSpec.Protocol;
import io.signalbox.controlplane.model.ListenerSpec.Tcp;
import java.util.List;
import java.util.Map;

final class ListenerJson {
    private ListenerJson() {}

    static void write(ListenerSpec listener, ObjectNode json) {
        json.put("address", listener.address()).put("port", listener.port());
        if (listener.protocol() instanceof Https https) {
            ObjectNode object = json.putObject("https");
            Fields.writeList(object, "certificates", https.certificates(), TextNode::valueOf);
            HandshakeJson.write(https.handshake(), object);
            Fields.writeList(object, "passthrough", https.passthrough(), TcpForwardJson::write);
        } else if (listener.protocol() instanceof Tcp tcp) {
            TcpForwardJson.write(tcp.forward(), json.putObject("tcp"));
        } else {
            json.putObject("http");
        }
        HeadersJson.write(listener.headers(), json);
        ListenerEdgeJson.write(listener.edge(), json);
        listener.accessLog().ifPresent(log -> AccessLogJson.write(log, json.putObject("accessLog")));
    }

    static ListenerSpec read(JsonNode json) {
        return new ListenerSpec(
                Fields.string(json, "address"),
                Fields.integer(json, "port"),
                protocol(json),
                ListenerEdgeJson.read(json),
                HeadersJson.read(json),
                Fields.optional(json, "accessLog").map(AccessLogJson::read));
    }

    private static Protocol protocol(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, List.of("http", "https", "tcp"));
        return switch (choice.getKey()) {
            case "https" -> https(choice.getValue());
            case "tcp" -> new Tcp(TcpForwardJson.read(choice.getValue()));
            default -> new Http();
        };
    }

    private static Https https(JsonNode json) {
        return new Https(
                Fields.list(json, "certificates", Fields::text),
                HandshakeJson.read(json),
                Fields.list(json, "passthrough", TcpForwardJson::passthrough));
    }
}
