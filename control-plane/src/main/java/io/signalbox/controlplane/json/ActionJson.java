package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.Redirect;
import io.signalbox.controlplane.model.Action.Respond;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.Rewrite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An action: an object with the one key {@code forward}, {@code redirect} or {@code respond}. */
final class ActionJson {
    private static final int MOVED_PERMANENTLY = 301;
    private static final List<String> WORDS = List.of("forward", "redirect", "respond");

    private ActionJson() {}

    static ObjectNode write(Action action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (action instanceof Forward forward) {
            write(forward, json.putObject("forward"));
        } else if (action instanceof Redirect redirect) {
            write(redirect, json.putObject("redirect"));
        } else if (action instanceof Respond respond) {
            ObjectNode object = json.putObject("respond").put("status", respond.status());
            respond.body().ifPresent(body -> object.put("body", body));
        }
        return json;
    }

    static Action read(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, WORDS);
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case "forward" -> forward(value);
            case "redirect" -> redirect(value);
            default -> new Respond(Fields.integer(value, "status"), Fields.optionalString(value, "body"));
        };
    }

    private static void write(Forward forward, ObjectNode json) {
        if (forward.to() instanceof Destination.Pools to) {
            Fields.writeList(json, "pools", to.pools(), ActionJson::write);
        } else if (forward.to() instanceof Destination.FromHeader to) {
            ObjectNode object = json.putObject("poolFromHeader").put("name", to.header());
            Fields.writeList(object, "pools", to.names(), TextNode::valueOf);
        }
        Fields.writeList(json, "hash", forward.hash(), HashJson::write);
        RewriteJson.write(forward.rewrite()).ifPresent(rewrite -> json.set("rewrite", rewrite));
        Fields.writeList(json, "upgrades", forward.upgrades(), TextNode::valueOf);
        DeliveryJson.write(forward.delivery(), json);
    }

    private static Forward forward(JsonNode json) {
        Optional<Destination> fromHeader = Fields.optional(json, "poolFromHeader")
                .map(object -> new Destination.FromHeader(
                        Fields.lowerCaseText(object.path("name")), Fields.list(object, "pools", Fields::text)));
        return new Forward(
                fromHeader.orElseGet(() -> new Destination.Pools(Fields.list(json, "pools", ActionJson::weightedPool))),
                Fields.list(json, "hash", HashJson::read),
                Fields.optional(json, "rewrite").map(RewriteJson::read).orElse(Rewrite.NONE),
                DeliveryJson.read(json),
                Fields.list(json, "upgrades", Fields::lowerCaseText));
    }

    private static ObjectNode write(WeightedPool pool) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("pool", pool.pool()).put("weight", pool.weight());
        HeadersJson.write(pool.headers(), json);
        SubsetsJson.write(json, "subset", pool.subset());
        return json;
    }

    private static WeightedPool weightedPool(JsonNode json) {
        return new WeightedPool(
                Fields.string(json, "pool"),
                Fields.integer(json, "weight", 1),
                HeadersJson.read(json),
                SubsetsJson.labels(json, "subset"));
    }

    private static void write(Redirect redirect, ObjectNode json) {
        redirect.scheme().ifPresent(scheme -> json.put("scheme", scheme));
        redirect.host().ifPresent(host -> json.put("host", host));
        redirect.port().ifPresent(port -> json.put("port", port));
        redirect.path().ifPresent(path -> json.put("path", path));
        redirect.prefix().ifPresent(prefix -> json.put("prefix", prefix));
        redirect.regex().ifPresent(regex -> json.set("regex", RewriteJson.write(regex)));
        json.put("status", redirect.status()).put("stripQuery", redirect.stripQuery());
    }

    private static Redirect redirect(JsonNode json) {
        return new Redirect(
                Fields.optionalString(json, "scheme"),
                Fields.optionalString(json, "host"),
                Fields.optionalInteger(json, "port"),
                Fields.optionalString(json, "path"),
                Fields.optionalString(json, "prefix"),
                Fields.optional(json, "regex").map(RewriteJson::regex),
                Fields.integer(json, "status", MOVED_PERMANENTLY),
                Fields.flag(json, "stripQuery"));
    }
}
