package io.signalbox.cli.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.signalbox.cli.CommandFailure;
import io.signalbox.cli.routecheck.RouteTest.HeaderCheck;
import io.signalbox.routing.HeaderCondition;
import io.signalbox.routing.InvalidRouteConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads one test. What the documentation of the format does not know is refused. */
final class RouteTestParser {
    private static final Set<String> TEST = Set.of("test_name", "input", "validate");
    private static final Set<String> INPUT = Set.of(
            "authority",
            "path",
            "method",
            "internal",
            "random_value",
            "runtime",
            "ssl",
            "additional_request_headers",
            "additional_response_headers");
    private static final Set<String> VALUES = Set.of(
            "cluster_name",
            "virtual_cluster_name",
            "virtual_host_name",
            "host_rewrite",
            "path_rewrite",
            "path_redirect",
            "code_redirect");
    private static final Set<String> HEADERS = Set.of(
            "request_header_matches", "response_header_matches", "request_header_fields", "response_header_fields");
    private static final Set<String> HEADER = Set.of("key", "value");
    private static final Set<String> OF_OTHER_FIELDS = Set.of("host", "x-forwarded-proto", "x-envoy-internal");

    private RouteTestParser() {}

    static RouteTest parse(JsonNode json, int index) {
        TestObject test = TestObject.of(json, "tests[" + index + "]", TEST);
        // The older form of the names has a colon.
        TestObject input = new TestObject(test.json().path("input"), test.at() + ".input").renamed(":");
        TestObject.of(input.json(), input.at(), INPUT);
        TestObject validate = test.object("validate", validated());
        if (validate.json().isEmpty()) {
            throw new CommandFailure(validate.at() + ": expects nothing (expected: one field at least)");
        }
        CheckedRequest response = new CheckedRequest("", "", "", "");
        addAll(response, input, "additional_response_headers");
        return new RouteTest(
                test.findText("test_name").orElse("test " + index),
                request(input),
                input.number("random_value"),
                input.findText("runtime").orElse(""),
                response,
                values(validate),
                headerChecks(validate));
    }

    private static Set<String> validated() {
        Set<String> known = new HashSet<>(VALUES);
        known.addAll(HEADERS);
        return known;
    }

    private static CheckedRequest request(TestObject input) {
        String scheme = input.flag("ssl") ? "https" : "http";
        CheckedRequest request = new CheckedRequest(
                input.findText("method").orElse("GET"), scheme, input.text("authority"), input.text("path"));
        request.add("x-forwarded-proto", scheme);
        if (input.flag("internal")) {
            request.add("x-envoy-internal", "true");
        }
        addAll(request, input, "additional_request_headers");
        return request;
    }

    private static void addAll(CheckedRequest headers, TestObject input, String field) {
        int index = 0;
        for (JsonNode json : input.list(field)) {
            TestObject header = TestObject.of(json, input.at() + "." + field + "[" + index++ + "]", HEADER);
            String name = header.text("key").toLowerCase(Locale.ROOT);
            if (name.startsWith(":") || OF_OTHER_FIELDS.contains(name)) {
                throw new CommandFailure(header.at() + ".key: \"" + name
                        + "\" (expected: a header that no other field of" + " input says)");
            }
            headers.add(name, header.text("value"));
        }
    }

    private static Map<String, String> values(TestObject validate) {
        Map<String, String> expected = new LinkedHashMap<>();
        validate.json().fieldNames().forEachRemaining(name -> {
            if (VALUES.contains(name)) {
                expected.put(name, validate.text(name));
            }
        });
        return expected;
    }

    private static List<HeaderCheck> headerChecks(TestObject validate) {
        List<HeaderCheck> checks = new ArrayList<>();
        for (boolean ofRequest : new boolean[] {true, false}) {
            String kind = ofRequest ? "request" : "response";
            each(validate, kind + "_header_matches", (json, at) -> checks.add(check(ofRequest, json, at)));
            each(validate, kind + "_header_fields", (json, at) -> checks.add(exactly(ofRequest, json, at)));
        }
        return checks;
    }

    private interface Reader {
        void read(JsonNode json, String at);
    }

    private static void each(TestObject validate, String field, Reader reader) {
        List<JsonNode> list = validate.list(field);
        for (int i = 0; i < list.size(); i++) {
            reader.read(list.get(i), validate.at() + "." + field + "[" + i + "]");
        }
    }

    /** The older form. An empty value expects that the header is not there. */
    private static HeaderCheck exactly(boolean ofRequest, JsonNode json, String at) {
        TestObject field = TestObject.of(json, at, HEADER);
        HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder().setName(field.text("key"));
        String value = field.text("value");
        if (value.isEmpty()) {
            matcher.setPresentMatch(false);
        } else {
            matcher.getStringMatchBuilder().setExact(value);
        }
        return check(ofRequest, matcher.build(), json.toString(), at);
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
}
