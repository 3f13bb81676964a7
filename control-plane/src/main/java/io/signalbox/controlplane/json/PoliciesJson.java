package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.BodyLimit;
import io.signalbox.controlplane.model.Cors;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Policy;
import io.signalbox.controlplane.model.RateLimit;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * {@code cors}, {@code rateLimit}, {@code maxRequestBody}, and whether there is {@code authorization} and {@code compression},
 * beside whatever else an object has.
 */
final class PoliciesJson {
    private static final String DISABLED = "disabled";
    private static final String ENABLED = "enabled";

    private PoliciesJson() {}

    static void write(Policies policies, ObjectNode json) {
        write("cors", policies.cors(), PoliciesJson::write, json);
        write("rateLimit", policies.rateLimit(), PoliciesJson::write, json);
        write("maxRequestBody", policies.maxRequestBody(), PoliciesJson::write, json);
        policies.authorization()
                .ifPresent(enabled -> json.putObject("authorization").put(ENABLED, enabled));
        policies.compression()
                .ifPresent(enabled -> json.putObject("compression").put(ENABLED, enabled));
    }

    static Policies read(JsonNode json) {
        return new Policies(
                policy(json, "cors", PoliciesJson::cors),
                policy(json, "rateLimit", PoliciesJson::rateLimit),
                policy(json, "maxRequestBody", PoliciesJson::bodyLimit),
                Fields.optional(json, "authorization").map(object -> Fields.flag(object, ENABLED)),
                Fields.optional(json, "compression").map(object -> Fields.flag(object, ENABLED)));
    }

    private static <T> void write(
            String field, Optional<Policy<T>> policy, BiConsumer<T, ObjectNode> write, ObjectNode json) {
        policy.ifPresent(said -> {
            ObjectNode object = json.putObject(field);
            if (said instanceof Policy.On<T> on) {
                write.accept(on.settings(), object);
            } else {
                object.putObject(DISABLED);
            }
        });
    }

    private static <T> Optional<Policy<T>> policy(JsonNode json, String field, Function<JsonNode, T> read) {
        return Fields.optional(json, field)
                .map(object -> object.has(DISABLED) ? new Policy.Off<>() : new Policy.On<>(read.apply(object)));
    }

    private static void write(Cors cors, ObjectNode json) {
        Fields.writeList(json, "origins", cors.origins(), ValueJson::write);
        Fields.writeList(json, "methods", cors.methods(), TextNode::valueOf);
        Fields.writeList(json, "headers", cors.headers(), TextNode::valueOf);
        Fields.writeList(json, "exposeHeaders", cors.exposeHeaders(), TextNode::valueOf);
        cors.maxAge().ifPresent(age -> json.put("maxAge", Durations.text(age)));
        cors.credentials().ifPresent(allowed -> json.put("credentials", allowed));
    }

    private static Cors cors(JsonNode json) {
        return new Cors(
                Fields.list(json, "origins", ValueJson::read),
                Fields.list(json, "methods", Fields::text),
                Fields.list(json, "headers", Fields::lowerCaseText),
                Fields.list(json, "exposeHeaders", Fields::lowerCaseText),
                Fields.optionalDuration(json, "maxAge"),
                Fields.optional(json, "credentials").map(value -> Fields.flag(json, "credentials")));
    }

    static void write(RateLimit limit, ObjectNode json) {
        json.put("requests", limit.requests()).put("per", Durations.text(limit.per()));
        Fields.writeInteger(json, "burst", limit.burst());
        json.put("status", limit.status());
        Fields.writeFlag(json, "announce", limit.announce());
    }

    static RateLimit rateLimit(JsonNode json) {
        return new RateLimit(
                Fields.integer(json, "requests"),
                Durations.parse(Fields.string(json, "per")),
                Fields.optionalInteger(json, "burst"),
                Fields.integer(json, "status", RateLimit.DEFAULT_STATUS),
                Fields.flag(json, "announce"));
    }

    static void write(BodyLimit limit, ObjectNode json) {
        json.put("bytes", limit.bytes());
    }

    static BodyLimit bodyLimit(JsonNode json) {
        return new BodyLimit(Fields.integer(json, "bytes"));
    }
}
