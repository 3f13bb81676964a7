package io.signalbox.cli.routecheck;

import io.signalbox.routing.Decision;
import io.signalbox.routing.FormatContext;
import io.signalbox.routing.HeaderChanges;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a route table what it does with the request of a test, and lays that beside what is expected. */
record RouteTester(CheckedRoutes routes) {
    /**
     * What came of a test.
     *
     * @param failures what differs, in words; empty when the test passes
     * @param route the number of the route that took the request; negative for none
     */
    record Result(List<String> failures, int route) {}

    Result run(RouteTest test) {
        CheckedRequest request = test.request().copy();
        CheckedRequest response = test.response().copy();
        RouteTable table = routes.table(test.runtime());
        Decision decision = table.decide(request, test::randomValue);
        Map<String, String> actual = new HashMap<>();
        actual.put("virtual_cluster_name", table.virtualCluster(request).orElse(""));
        HeaderChanges changed = null;
        String route = "";
        String cluster = "";
        if (decision instanceof Decision.Forward to) {
            actual.put("virtual_host_name", to.virtualHost());
            route = to.route();
            cluster = to.cluster();
            to.requestHeaders().apply(request, context(request, response, route, cluster));
            request.rewrite(
                    to.authority(request).orElse(request.authority()), to.path().orElse(request.path()));
            actual.put("cluster_name", cluster);
            actual.put("host_rewrite", request.authority());
            actual.put("path_rewrite", request.path());
            changed = to.responseHeaders();
        } else if (decision instanceof Decision.Redirect to) {
            actual.put("virtual_host_name", to.virtualHost());
            actual.put("path_redirect", to.location());
            actual.put("code_redirect", Integer.toString(to.status()));
            route = to.route();
            changed = to.responseHeaders();
            response.set("location", to.location());
        } else if (decision instanceof Decision.Respond to) {
            actual.put("virtual_host_name", to.virtualHost());
            route = to.route();
            changed = to.responseHeaders();
        }
        if (changed != null) {
            changed.apply(response, context(request, response, route, cluster));
        }
        return new Result(differences(test, actual, request, response), CheckedRoutes.number(route));
    }

    private static List<String> differences(
            RouteTest test, Map<String, String> actual, CheckedRequest request, CheckedRequest response) {
        List<String> failures = new ArrayList<>();
        test.expected().forEach((field, expected) -> {
            String found = actual.getOrDefault(field, "");
            if (!found.equals(expected)) {
                failures.add(field + ": \"" + found + "\" (expected: \"" + expected + "\")");
            }
        });
        for (RouteTest.HeaderCheck check : test.headers()) {
            if (!check.condition().holds(check.ofRequest() ? request : response)) {
                failures.add((check.ofRequest() ? "request" : "response") + " header: does not match " + check.text());
            }
        }
        return failures;
    }

    private static FormatContext context(
            CheckedRequest request, CheckedRequest response, String route, String cluster) {
        return new FormatContext() {
            @Override
            public RequestView request() {
                return request;
            }

            @Override
            public List<String> responseHeaders(String name) {
                return response.get(name);
            }

            @Override
            public String protocol() {
                return "HTTP/1.1";
            }

            @Override
            public String routeName() {
                return CheckedRoutes.name(route);
            }

            @Override
            public String upstreamCluster() {
                return cluster;
            }
        };
    }
}
