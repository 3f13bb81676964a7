package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.Propagation;
import io.signalbox.controlplane.xds.serve.TypeStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proxies, and how far they are, as users see them. */
final class NodeView {
    private NodeView() {}

    /** @param lastLoadReport empty for one that has not reported, or not here */
    static ObjectNode toJson(NodeStatus node, Optional<Instant> lastLoadReport) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", node.id())
                .put("fleet", node.fleet())
                .put("envoyVersion", node.envoyVersion())
                .put("connected", node.connected());
        ObjectNode types = json.putObject("types");
        for (ResourceType type : ResourceType.values()) {
            types.set(type.word(), toJson(node.types().getOrDefault(type, TypeStatus.NONE)));
        }
        if (!node.withheld().isEmpty()) {
            json.set("withheld", withheld(node));
        }
        lastLoadReport.ifPresent(last ->
                json.put("lastLoadReport", last.truncatedTo(ChronoUnit.MILLIS).toString()));
        return json;
    }

    private static ArrayNode withheld(NodeStatus node) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        node.withheld().forEach(need -> put(list.addObject(), need, node.envoyVersion()));
        return list;
    }

    private static void put(ObjectNode json, ReleaseNeed need, String has) {
        json.put("resource", need.resource())
                .put("field", need.field())
                .put("needs", need.since().toString())
                .put("has", has);
    }

    static ObjectNode toJson(Propagation propagation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", propagation.revision())
                .put("applied", propagation.applied());
        ArrayNode waiting = json.putArray("waiting");
        propagation.waiting().forEach(waiting::add);
        ArrayNode refused = json.putArray("refused");
        propagation
                .refused()
                .forEach(refusal -> refused.addObject()
                        .put("node", refusal.node())
                        .put("type", refusal.type().word())
                        .put("message", refusal.message()));
        ArrayNode withheld = json.putArray("withheld");
        propagation
                .withheld()
                .forEach(held -> put(withheld.addObject().put("node", held.node()), held.need(), held.envoyVersion()));
        return json;
    }

    /** How far one revision got, node by node; those that are not connected have nothing to wait for. */
    static ObjectNode propagation(long revision, List<NodeStatus> all) {
        List<NodeStatus> nodes = all.stream().filter(NodeStatus::connected).toList();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", revision)
                .put("applied", nodes.stream().allMatch(node -> node.acknowledged() >= revision));
        ArrayNode list = json.putArray("nodes");
        nodes.forEach(node -> list.add(propagation(revision, node)));
        return json;
    }

    private static ObjectNode propagation(long revision, NodeStatus node) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("node", node.id());
        if (node.acknowledged() >= revision) {
            return json.put("state", "acknowledged");
        }
        ArrayNode refused = JsonNodeFactory.instance.arrayNode();
        node.types().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(type -> type.getValue()
                        .refused()
                        .ifPresent(words -> refused.addObject()
                                .put("type", type.getKey().word())
                                .put("revision", words.revision())
                                .put("message", words.message())));
        if (!refused.isEmpty()) {
            json.set("refused", refused);
        }
        if (!node.withheld().isEmpty()) {
            json.set("withheld", withheld(node));
        }
        return json.put("state", refused.isEmpty() && node.withheld().isEmpty() ? "waiting" : "refused");
    }

    private static ObjectNode toJson(TypeStatus status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        status.sent().ifPresent(sent -> json.set("sent", toJson(sent.revision(), sent.version())));
        status.acknowledged()
                .ifPresent(acknowledged ->
                        json.set("acknowledged", toJson(acknowledged.revision(), acknowledged.version())));
        status.refused()
                .ifPresent(refused -> json.set(
                        "refused", toJson(refused.revision(), refused.version()).put("message", refused.message())));
        return json;
    }

    private static ObjectNode toJson(long revision, String version) {
        return JsonNodeFactory.instance.objectNode().put("revision", revision).put("version", version);
    }
}
