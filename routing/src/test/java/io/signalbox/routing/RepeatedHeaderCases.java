package io.signalbox.routing;

import static io.signalbox.routing.AgreementCase.header;
import static io.signalbox.routing.Configurations.leaf;
import static io.signalbox.routing.Configurations.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Headers whose repeated lines are one value for every matcher, and others. */
final class RepeatedHeaderCases {
    private RepeatedHeaderCases() {}

    static List<AgreementCase> all() {
        List<AgreementCase> cases = new ArrayList<>();
        for (String name : List.of(
                "accept",
                "accept-encoding",
                "accept-language",
                "access-control-request-headers",
                "access-control-request-method",
                "access-control-request-private-network",
                "authorization",
                "cache-control",
                "content-encoding",
                "content-type",
                "cookie",
                "expect",
                "forwarded",
                "from",
                "grpc-accept-encoding",
                "grpc-timeout",
                "if-match",
                "if-modified-since",
                "if-none-match",
                "if-range",
                "if-unmodified-since",
                "origin",
                "pragma",
                "proxy-authorization",
                "proxy-status",
                "range",
                "referer",
                "traceparent",
                "user-agent",
                "via",
                "x-client-trace-id",
                "x-country-code",
                "x-envoy-attempt-count",
                "x-envoy-decorator-operation",
                "x-envoy-downstream-service-cluster",
                "x-envoy-downstream-service-node",
                "x-envoy-external-address",
                "x-envoy-is-timeout-retry",
                "x-envoy-original-host",
                "x-envoy-original-path",
                "x-forwarded-host",
                "x-forwarded-port",
                "x-forwarded-proto",
                "x-real-ip",
                "x-request-id")) {
            Request twice = Request.get("/").with(name, "a").with(name, "b");
            cases.add(header("name: " + name + ", string_match: {exact: a}", List.of(twice)));
            cases.add(header("name: " + name + ", string_match: {exact: 'a,b'}", List.of(twice)));
            cases.add(new AgreementCase(
                    "tree input " + name,
                    tree(
                            name,
                            "exact_match_map: {map: {'a,b': %s, 'a; b': %s}}"
                                    .formatted(leaf("comma"), leaf("semicolon"))),
                    twice));
        }
        for (String name : List.of("accept", "x")) {
            List<Request> withEmpty = Stream.of(
                            List.of("", "a"), List.of("a", ""), List.of("", ""), List.of("a", "", "b"))
                    .map(values -> repeated(name, values))
                    .toList();
            for (String value : List.of("", "a", "a,", ",a", ",", "a,b", "a,,b")) {
                cases.add(header("name: %s, string_match: {exact: '%s'}".formatted(name, value), withEmpty));
                cases.add(new AgreementCase(
                        "tree input %s '%s'".formatted(name, value),
                        tree(name, "exact_match_map: {map: {'%s': %s}}".formatted(value, leaf("joined"))),
                        withEmpty));
            }
        }
        return cases;
    }

    private static Request repeated(String name, List<String> values) {
        Request request = Request.get("/");
        for (String value : values) {
            request = request.with(name, value);
        }
        return request;
    }
}
