package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.Redirect;
import io.signalbox.controlplane.model.Action.Respond;
import io.signalbox.controlplane.model.Action.WeightedPool;
import java.util.List;
import java.util.Map;

/** An action: an object with the one key {@code forward}, {@code redirect} or {@code respond}. */
final class ActionJson {
    private static final int MOVED_PERMANENTLY = 301;
    private static final List<String> WORDS = List.of("forward", "redirect", "respond");

    private ActionJson() {}

    static ObjectNode write(Action action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (action instanceof Forward forward) {
            ObjectNode object = json.putObject("forward");
            Fields.writeList(object, "pools", forward.pools(), ActionJson::write);
            Fields.writeList(object, "hash", forward.hash(), HashJson::write);
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
            case "forward" ->
                new Forward(
                        Fields.list(value, "pools", ActionJson::weightedPool),
                        Fields.list(value, "hash", HashJson::read));
            case "redirect" -> redirect(value);
            default -> new Respond(Fields.integer(value, "status"), Fields.optionalString(value, "body"));
        };
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
        json.put("status", redirect.status()).put("stripQuery", redirect.stripQuery());
    }

    private static Redirect redirect(JsonNode json) {
        return new Redirect(
                Fields.optionalString(json, "scheme"),
                Fields.optionalString(json, "host"),
                Fields.optionalInteger(json, "port"),
                Fields.optionalString(json, "path"),
                Fields.optionalString(json, "prefix"),
                Fields.integer(json, "status", MOVED_PERMANENTLY),
                Fields.flag(json, "stripQuery"));
    }
}
