package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Delivery;
import io.signalbox.controlplane.model.Delivery.BackOff;
import io.signalbox.controlplane.model.Delivery.Mirror;
import io.signalbox.controlplane.model.Delivery.Retry;
import java.time.Duration;

/** Timeouts, retries and mirrors, which stand beside the pools of a forward. */
final class DeliveryJson {
    private static final int EVERYTHING = 1_000_000;

    private DeliveryJson() {}

    static void write(Delivery delivery, ObjectNode json) {
        delivery.timeout().ifPresent(timeout -> json.put("timeout", Durations.text(timeout)));
        delivery.idleTimeout().ifPresent(timeout -> json.put("idleTimeout", Durations.text(timeout)));
        delivery.retry().ifPresent(retry -> write(retry, json.putObject("retry")));
        Fields.writeList(
                json,
                "mirrors",
                delivery.mirrors(),
                mirror -> JsonNodeFactory.instance
                        .objectNode()
                        .put("pool", mirror.pool())
                        .put("percent", Percents.ofMillionths(mirror.millionths())));
    }

    static Delivery read(JsonNode json) {
        return new Delivery(
                Fields.optionalDuration(json, "timeout"),
                Fields.optionalDuration(json, "idleTimeout"),
                Fields.optional(json, "retry").map(DeliveryJson::retry),
                Fields.list(
                        json,
                        "mirrors",
                        mirror -> new Mirror(
                                Fields.string(mirror, "pool"),
                                Fields.optional(mirror, "percent")
                                        .map(Percents::toMillionths)
                                        .orElse(EVERYTHING))));
    }

    private static void write(Retry retry, ObjectNode json) {
        Fields.writeList(json, "on", retry.on(), TextNode::valueOf);
        Fields.writeList(json, "statuses", retry.statuses(), IntNode::valueOf);
        Fields.writeList(json, "headers", retry.headers(), MatchJson::write);
        Fields.writeList(json, "onlyRequestsWith", retry.onlyRequestsWith(), MatchJson::write);
        json.put("attempts", retry.attempts());
        retry.perTryTimeout().ifPresent(timeout -> json.put("perTryTimeout", Durations.text(timeout)));
        retry.backOff().ifPresent(backOff -> {
            ObjectNode object = json.putObject("backOff").put("base", Durations.text(backOff.base()));
            backOff.max().ifPresent(max -> object.put("max", Durations.text(max)));
        });
        json.put("otherHost", retry.otherHost());
    }

    private static Retry retry(JsonNode json) {
        return new Retry(
                Fields.list(json, "on", Fields::text),
                Fields.list(json, "statuses", JsonNode::intValue),
                Fields.list(json, "headers", MatchJson::header),
                Fields.list(json, "onlyRequestsWith", MatchJson::header),
                Fields.integer(json, "attempts", 1),
                Fields.optionalDuration(json, "perTryTimeout"),
                Fields.optional(json, "backOff").map(DeliveryJson::backOff),
                Fields.flag(json, "otherHost"));
    }

    private static BackOff backOff(JsonNode json) {
        Duration base = Durations.parse(Fields.string(json, "base"));
        return new BackOff(base, Fields.optionalDuration(json, "max"));
    }
}
