package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What an upstream and a client see of header changes: a real Envoy's and the library's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderChangesTest {
    private static final String UPSTREAM_HEADERS =
            "r: 1\r\nr: 2\r\ns: up\r\nvary: a\r\nset-cookie: a=1\r\ncache-control: no-store\r\ncontent-type: text/x\r\n";
    private static final Set<String> REQUEST_NAMES =
            Set.of("x", "y", "z", "accept", "cookie", "user-agent", "cache-control");
    private static final Set<String> RESPONSE_NAMES =
            Set.of("r", "s", "t", "vary", "set-cookie", "cache-control", "age", "etag", "link", "expires", "server-x");
    private static final int RANDOM = 150;

    private record Case(String name, RouteConfiguration configuration, List<Request> requests) {}

    private final List<Case> cases = new ArrayList<>();
    private RealEnvoy envoy;

    @BeforeAll
    void start() throws Exception {
        byHand();
        byChance(SeededDice.roll());
        envoy = RealEnvoy.recording(cases.stream().map(Case::configuration).toList(), UPSTREAM_HEADERS);
    }

    @AfterAll
    void stop() throws Exception {
        envoy.close();
    }

    private void byHand() {
        for (String value : List.of(
                "plain",
                "''",
                "'100%%'",
                "'a%REQ(x)%b'",
                "'%REQ(X)%'",
                "'%REQ(none)%'",
                "'a%REQ(none)%b'",
                "'%REQ(none?y)%'",
                "'%REQ(y?x)%'",
                "'%REQ(:path)%'",
                "'%REQ(:authority)%'",
                "'%REQ(host)%'",
                "'%REQ(:method):2%'",
                "'%REQ(x):0%'",
                "'%REQ(none?:path):3%'",
                "'%REQ(accept)%'",
                "'%PROTOCOL%'",
                "'%ROUTE_NAME%'",
                "'%UPSTREAM_CLUSTER%'",
                "'%REQUESTED_SERVER_NAME%'",
                "'%RESP(r)%'",
                "'%RESP(none?s)%'",
                "'%RESP(none)%'",
                "'[%RESP(vary):1%]'",
                "'%START_TIME(%%)%'",
                "caf\u00e9")) {
            for (String more : List.of("", ", keep_empty_value: true")) {
                cases.add(new Case(
                        "value " + value + more,
                        Configurations.routes(
                                "- {name: r1, match: {prefix: /}, route: {cluster: c0, prefix_rewrite: /new},"
                                        + " request_headers_to_add: [{header: {key: z, value: %s}%s}],"
                                                .formatted(value, more)
                                        + " response_headers_to_add: [{header: {key: t, value: %s}%s}]}"
                                                .formatted(value, more)),
                        requests()));
            }
        }
    }

    private static List<Request> requests() {
        Request get = Request.get("/path?q");
        return List.of(
                get,
                get.with("x", "1"),
                get.with("x", "1").with("x", "2").with("y", ""),
                get.with("accept", "a").with("accept", "b").with("y", "yy"));
    }

    private void byChance(SeededDice dice) {
        for (int i = 0; i < RANDOM; i++) {
            String action = dice.pick(
                    "route: {cluster: c0}",
                    "route: {cluster: c0}",
                    "direct_response: {status: 200}",
                    "redirect: {path_redirect: /n}",
                    "route: {weighted_clusters: {clusters: [{name: c1, weight: 1, %s}]}}".formatted(changes(dice)));
            String text =
                    "{most_specific_header_mutations_wins: %s, %s, virtual_hosts: [{name: v, domains: ['*'], %s, routes: [{name: r, match: {prefix: /}, %s, %s}]}]}"
                            .formatted(dice.oneIn(2), changes(dice), changes(dice), changes(dice), action);
            cases.add(new Case("random " + i, Configurations.configuration(text), requests()));
        }
    }

    private static String changes(SeededDice dice) {
        List<String> ofRequest = List.of("x", "y", "z", "X", "accept", "cookie", "user-agent");
        List<String> ofResponse =
                List.of("r", "s", "t", "R", "vary", "set-cookie", "cache-control", "age", "etag", "link");
        return "request_headers_to_add: %s, request_headers_to_remove: %s, response_headers_to_add: %s, response_headers_to_remove: %s"
                .formatted(
                        several(dice, () -> added(dice, ofRequest)),
                        several(dice, () -> dice.pick(ofRequest)),
                        several(dice, () -> added(dice, ofResponse)),
                        several(dice, () -> dice.pick(ofResponse)));
    }

    private static String added(SeededDice dice, List<String> names) {
        String value = dice.pick(
                "a", "b", "", "%REQ(x)%", "%REQ(z?y)%", "<%REQ(x)%>", "%RESP(r)%", "%REQ(accept)%", "%RESP(t?s)%");
        String action = dice.pick(
                "append_action: APPEND_IF_EXISTS_OR_ADD",
                "append_action: ADD_IF_ABSENT",
                "append_action: OVERWRITE_IF_EXISTS_OR_ADD",
                "append_action: OVERWRITE_IF_EXISTS",
                "append: false",
                "keep_empty_value: true");
        return "{header: {key: %s, value: '%s'}, %s}".formatted(dice.pick(names), value, action);
    }

    private static List<String> several(SeededDice dice, Supplier<String> one) {
        return IntStream.range(0, dice.nextInt(3)).mapToObj(i -> one.get()).toList();
    }

    @TestFactory
    Stream<DynamicTest> changesHeadersAsEnvoyDoes() {
        return IntStream.range(0, cases.size())
                .mapToObj(i -> DynamicTest.dynamicTest(cases.get(i).name(), () -> check(i)));
    }

    private void check(int index) throws Exception {
        Case asked = cases.get(index);
        RouteTable table = RouteTable.parse(asked.configuration());
        for (Request request : asked.requests()) {
            RealEnvoy.Heads expected = envoy.heads(index, request);
            Decision decision = table.decide(request, () -> 0);
            HeaderLines sent = HeaderLines.read(request.wire());
            if (!sent.get("accept").isEmpty()) {
                // In Envoy this is one line from the start.
                sent.set("accept", String.join(",", sent.get("accept")));
            }
            if (decision instanceof Decision.Forward to) {
                to.requestHeaders().apply(sent, context(request, request.path(), sent, HeaderLines.read(""), "c0"));
                assertThat(sent.only(REQUEST_NAMES))
                        .as("request %s%n%s", request.wire(), asked.configuration())
                        .isEqualTo(HeaderLines.read(expected.request()).only(REQUEST_NAMES));
            }
            HeaderLines answered = answer(decision, request, sent);
            assertThat(answered.only(RESPONSE_NAMES))
                    .as("response %s%n%s", request.wire(), asked.configuration())
                    .isEqualTo(HeaderLines.read(expected.response()).only(RESPONSE_NAMES));
        }
    }

    private static HeaderLines answer(Decision decision, Request request, HeaderLines sent) {
        HeaderChanges changes = HeaderChanges.NONE;
        HeaderLines answered = HeaderLines.read("");
        String path = request.path();
        String cluster = "";
        if (decision instanceof Decision.Forward to) {
            changes = to.responseHeaders();
            answered = HeaderLines.read(UPSTREAM_HEADERS);
            path = to.path().orElse(path);
            cluster = to.cluster();
        } else if (decision instanceof Decision.Respond to) {
            changes = to.responseHeaders();
        } else if (decision instanceof Decision.Redirect to) {
            changes = to.responseHeaders();
        }
        changes.apply(answered, context(request, path, sent, answered, cluster));
        return answered;
    }

    private static FormatContext context(
            Request request, String path, HeaderLines requestHeaders, HeaderLines responseHeaders, String cluster) {
        return new FormatContext() {
            @Override
            public RequestView request() {
                return new Request(
                        request.method(), request.scheme(), request.authority(), path, requestHeaders.lines());
            }

            @Override
            public List<String> responseHeaders(String name) {
                return responseHeaders.get(name);
            }

            @Override
            public String protocol() {
                return "HTTP/1.1";
            }

            @Override
            public String routeName() {
                return "r1";
            }

            @Override
            public String upstreamCluster() {
                return cluster;
            }
        };
    }

    @Test
    void nothingToChangeIsOneEmptyValue() throws InvalidRouteConfiguration {
        RouteTable table = RouteTable.parse(Configurations.routes("- {match: {prefix: /}, route: {cluster: c}}"));

        Decision.Forward to = (Decision.Forward) table.decide(Request.get("/"), () -> 0);

        assertThat(to.requestHeaders()).isSameAs(HeaderChanges.NONE);
        assertThat(to.responseHeaders()).isSameAs(HeaderChanges.NONE);
    }
}
