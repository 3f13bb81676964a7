package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.RouteTestSpec;
import io.signalbox.controlplane.model.RouteTestSpec.Expectation;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import java.util.List;
import java.util.Map;

/** {@code {request: {…}, expect: {pool: …}, route}}. */
final class RouteTestJson {
    private static final List<String> WORDS = List.of("pool", "redirect", "respond", "noRoute");

    private RouteTestJson() {}

    static void write(RouteTestSpec test, ObjectNode json) {
        json.set("request", write(test.request()));
        ObjectNode expect = json.putObject("expect");
        if (test.expect() instanceof Expectation.Pool pool) {
            ObjectNode object = expect.putObject("pool").put("name", pool.pool());
            pool.share().ifPresent(share -> object.put("share", share));
        } else if (test.expect() instanceof Expectation.Redirect redirect) {
            ObjectNode object = expect.putObject("redirect");
            redirect.status().ifPresent(status -> object.put("status", status));
            redirect.location().ifPresent(location -> object.put("location", location));
        } else if (test.expect() instanceof Expectation.Respond respond) {
            expect.putObject("respond").put("status", respond.status());
        } else {
            expect.putObject("noRoute");
        }
        test.route().ifPresent(route -> json.put("route", route));
    }

    static RouteTestSpec read(JsonNode json) {
        return new RouteTestSpec(
                request(json.path("request")), expectation(json.path("expect")), Fields.optionalString(json, "route"));
    }

    private static Expectation expectation(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, WORDS);
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case "pool" ->
                new Expectation.Pool(
                        Fields.string(value, "name"),
                        Fields.optional(value, "share").map(JsonNode::doubleValue));
            case "redirect" ->
                new Expectation.Redirect(
                        Fields.optionalInteger(value, "status"), Fields.optionalString(value, "location"));
            case "respond" -> new Expectation.Respond(Fields.integer(value, "status"));
            default -> new Expectation.NoRoute();
        };
    }

    static ObjectNode write(SampleRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        request.listener().ifPresent(listener -> json.put("listener", listener));
        request.client().ifPresent(client -> json.put("client", client));
        request.scheme().ifPresent(scheme -> json.put("scheme", scheme));
        json.put("method", request.method()).put("host", request.host()).put("path", request.path());
        Fields.writeList(json, "headers", request.headers(), RouteTestJson::write);
        Fields.writeList(json, "cookies", request.cookies(), RouteTestJson::write);
        return json;
    }

    static SampleRequest request(JsonNode json) {
        return new SampleRequest(
                Fields.optionalString(json, "listener"),
                Fields.optionalString(json, "client"),
                Fields.optionalString(json, "scheme"),
                Fields.optionalString(json, "method").orElse("GET"),
                Fields.string(json, "host"),
                Fields.optionalString(json, "path").orElse("/"),
                Fields.list(
                        json,
                        "headers",
                        item -> new NamedValue(Fields.lowerCaseText(item.path("name")), Fields.string(item, "value"))),
                Fields.list(
                        json,
                        "cookies",
                        item -> new NamedValue(Fields.string(item, "name"), Fields.string(item, "value"))));
    }

    private static ObjectNode write(NamedValue value) {
        return JsonNodeFactory.instance.objectNode().put("name", value.name()).put("value", value.value());
    }
}
