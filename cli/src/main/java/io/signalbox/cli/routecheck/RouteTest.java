package io.signalbox.cli.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.signalbox.cli.CommandFailure;
import io.signalbox.routing.HeaderCondition;
import io.signalbox.routing.InvalidRouteConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One test. Source: Envoy, "Route table check tool".
 *
 * @param expected what is expected, by the field's name in the format
 */
record RouteTest(
        String name,
        CheckedRequest request,
        long randomValue,
        CheckedRequest response,
        Map<String, String> expected,
        List<HeaderCheck> headers) {
    private static final JsonNode NOTHING = MissingNode.getInstance();
    private static final Set<String> INPUT = Set.of(
            "authority",
            "path",
            "method",
            "internal",
            "random_value",
            "ssl",
            "additional_request_headers",
            "additional_response_headers");
    private static final Set<String> EXPECTED = Set.of(
            "cluster_name",
            "virtual_cluster_name",
            "virtual_host_name",
            "host_rewrite",
            "path_rewrite",
            "path_redirect",
            "code_redirect");

    /** A condition on one header of the request as it is sent, or of the response. */
    record HeaderCheck(boolean ofRequest, String text, HeaderCondition condition) {}

    static RouteTest parse(JsonNode test, int index) {
        String at = "tests[" + index + "]";
        requireOnly(test, Set.of("test_name", "input", "validate"), at);
        JsonNode input = test.path("input");
        Map<String, JsonNode> given = new LinkedHashMap<>();
        // The older form of the names has a colon.
        input.properties().forEach(e -> given.put(e.getKey().replaceFirst("^:", ""), e.getValue()));
        for (String name : given.keySet()) {
            if (!INPUT.contains(name)) {
                throw new CommandFailure(at + ".input." + name + ": is not supported");
            }
        }
        boolean ssl = given.getOrDefault("ssl", NOTHING).asBoolean();
        CheckedRequest request = new CheckedRequest(
                given.getOrDefault("method", NOTHING).asText("GET"),
                ssl ? "https" : "http",
                required(given, "authority", at),
                required(given, "path", at));
        request.add("x-forwarded-proto", ssl ? "https" : "http");
        if (given.getOrDefault("internal", NOTHING).asBoolean()) {
            request.add("x-envoy-internal", "true");
        }
        addAll(request, input.path("additional_request_headers"));
        CheckedRequest response = new CheckedRequest("", "", "", "");
        addAll(response, input.path("additional_response_headers"));
        return new RouteTest(
                test.path("test_name").asText("test " + index),
                request,
                given.getOrDefault("random_value", NOTHING).asLong(),
                response,
                expected(test.path("validate"), at + ".validate"),
                headerChecks(test.path("validate"), at + ".validate"));
    }

    private static String required(Map<String, JsonNode> given, String name, String at) {
        JsonNode value = given.get(name);
        if (value == null) {
            throw new CommandFailure(at + ".input." + name + ": is required");
        }
        return value.asText();
    }

    private static void addAll(CheckedRequest headers, JsonNode added) {
        added.forEach(h -> headers.add(
                h.path("key").asText(h.path("field").asText()).toLowerCase(java.util.Locale.ROOT),
                h.path("value").asText()));
    }

    private static Map<String, String> expected(JsonNode validate, String at) {
        Map<String, String> expected = new LinkedHashMap<>();
        validate.properties().forEach(field -> {
            if (EXPECTED.contains(field.getKey())) {
                expected.put(field.getKey(), field.getValue().asText());
            } else if (!field.getKey().matches("(request|response)_header_(matches|fields)")) {
                throw new CommandFailure(at + "." + field.getKey() + ": is not known");
            }
        });
        if (validate.isEmpty()) {
            throw new CommandFailure(at + ": expects nothing (expected: one field at least)");
        }
        return expected;
    }

    private static List<HeaderCheck> headerChecks(JsonNode validate, String at) {
        List<HeaderCheck> checks = new ArrayList<>();
        for (boolean ofRequest : new boolean[] {true, false}) {
            String kind = ofRequest ? "request" : "response";
            validate.path(kind + "_header_matches").forEach(matcher -> checks.add(check(ofRequest, matcher, at)));
            validate.path(kind + "_header_fields").forEach(field -> checks.add(exactly(ofRequest, field, at)));
        }
        return checks;
    }

    /** The older form. An empty value expects that the header is not there. */
    private static HeaderCheck exactly(boolean ofRequest, JsonNode field, String at) {
        HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder()
                .setName(field.path("key").asText(field.path("field").asText()));
        String value = field.path("value").asText();
        if (value.isEmpty()) {
            matcher.setPresentMatch(false);
        } else {
            matcher.getStringMatchBuilder().setExact(value);
        }
        return check(ofRequest, matcher.build(), field.toString(), at);
    }

    private static HeaderCheck check(boolean ofRequest, JsonNode json, String at) {
        try {
            HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder();
            JsonFormat.parser().merge(json.toString(), matcher);
            return check(ofRequest, matcher.build(), json.toString(), at);
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(at + ": " + json + ": " + e.getMessage(), e);
        }
    }

    private static HeaderCheck check(boolean ofRequest, HeaderMatcher matcher, String text, String at) {
        try {
            return new HeaderCheck(ofRequest, text, HeaderCondition.parse(matcher));
        } catch (InvalidRouteConfiguration e) {
            throw new CommandFailure(at + ": " + text + ": " + e.getMessage(), e);
        }
    }

    private static void requireOnly(JsonNode object, Set<String> known, String at) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new CommandFailure(at + "." + name + ": is not known");
            }
        });
    }
}
