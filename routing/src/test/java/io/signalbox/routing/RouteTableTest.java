package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What Envoy's answers do not show: dice, timeouts, and names where nothing was found. */
class RouteTableTest {
    @Test
    void aFilterIsToldWhatTheMostSpecificLevelSays() throws Exception {
        RouteTable table = RouteTable.parse(
                Configurations.configuration("""
                        typed_per_filter_config: {a: %1$s, b: %1$s, c: %1$s}
                        virtual_hosts:
                        - name: all
                          domains: ["*"]
                          typed_per_filter_config: {b: %2$s, c: %2$s}
                          routes:
                          - match: {prefix: /}
                            direct_response: {status: 200}
                            typed_per_filter_config: {c: %3$s}
                        """.formatted(
                        filter(false), filter(true), "{\"@type\": type.googleapis.com/envoy.config.route.v3.Route}")),
                (filter, config) ->
                        filter + config.getTypeUrl() + config.getValue().size());

        assertThat(decide(table, 0).filters().byFilter())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "a", "atype.googleapis.com/envoy.config.route.v3.FilterConfig0",
                        "b", "btype.googleapis.com/envoy.config.route.v3.FilterConfig2",
                        "c", "ctype.googleapis.com/envoy.config.route.v3.Route0"));
    }

    @Test
    void anArmOfASplitTellsFiltersMoreThanItsRoute() throws Exception {
        RouteTable table = RouteTable.parse(
                Configurations.configuration("""
                        virtual_hosts:
                        - name: all
                          domains: ["*"]
                          routes:
                          - match: {prefix: /}
                            typed_per_filter_config: {a: %1$s, b: %1$s}
                            route:
                              weighted_clusters:
                                clusters:
                                - {name: one, weight: 1, typed_per_filter_config: {b: %2$s, c: %2$s}}
                                - {name: two, weight: 1}
                        """.formatted(filter(false), filter(true))),
                (filter, config) -> filter + config.getValue().size());

        assertThat(decide(table, 0).filters().byFilter())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "a0", "b", "b2", "c", "c2"));
        assertThat(decide(table, 1).filters().byFilter())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "a0", "b", "b0"));
    }

    private static String filter(boolean disabled) {
        return "{\"@type\": type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: %s}".formatted(disabled);
    }

    private static final Request GET = Request.get("/");

    @Test
    void anEmptyTableHasNoVirtualHost() throws InvalidRouteConfiguration {
        RouteTable table =
                RouteTable.parse(RouteConfiguration.newBuilder().setName("edge").build());

        assertThat(table.name()).isEqualTo("edge");
        assertThat(decide(table, 0)).isEqualTo(new Decision.NoVirtualHost());
    }

    @Test
    void aVirtualHostWithoutAMatchIsNamed() throws InvalidRouteConfiguration {
        RouteTable table = RouteTable.parse(Configurations.answering("{prefix: /other}"));

        assertThat(decide(table, 0)).isEqualTo(new Decision.NoRoute("all"));
    }

    @Test
    void aForwardSaysAllThatIsToBeSentElsewhere() throws InvalidRouteConfiguration {
        RouteTable table = forwarding("cluster: c, timeout: 1.5s, prefix_rewrite: /n, host_rewrite_literal: b.com");

        Decision.Forward to = (Decision.Forward) decide(table, 0);

        assertThat(to.cluster()).isEqualTo("c");
        assertThat(to.virtualHost()).isEqualTo("all");
        assertThat(to.route()).isEqualTo("r");
        assertThat(to.path()).contains("/n");
        assertThat(to.authority()).contains("b.com");
        assertThat(to.timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(to.clusterNotFoundStatus()).isEqualTo(503);
        assertThat(to.requestHeaders().isEmpty()).isTrue();
        assertThat(to.responseHeaders().isEmpty()).isTrue();
    }

    @Test
    void aTimeoutIs15SecondsUnlessItIsSetAlsoToNone() throws InvalidRouteConfiguration {
        assertThat(decide(forwarding("cluster: c"), 0))
                .extracting(decision -> ((Decision.Forward) decision).timeout())
                .isEqualTo(Duration.ofSeconds(15));
        assertThat(decide(forwarding("cluster: c, timeout: 0s"), 0))
                .extracting(decision -> ((Decision.Forward) decision).timeout())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void weightsDivideTheRandomValuesInTheirOrder() throws InvalidRouteConfiguration {
        RouteTable table = forwarding("weighted_clusters: {clusters: [{name: a, weight: 1}, {name: none, weight: 0},"
                + " {name: b, weight: 2}, {name: c, weight: 3}, {name: last, weight: 0}]}");

        assertThat(clusters(table, LongStream.range(0, 12)))
                .containsExactly("a", "b", "b", "c", "c", "c", "a", "b", "b", "c", "c", "c");
        // 2^64 - 1 is 3 modulo 6, and 2^63 is 2: random values have no sign.
        assertThat(clusters(table, LongStream.of(-1, Long.MIN_VALUE))).containsExactly("c", "b");
    }

    @Test
    void aHeaderThatIsNotOneNumberLeavesTheWeightsToChance() throws InvalidRouteConfiguration {
        RouteTable table = forwarding(
                "weighted_clusters: {header_name: dice, clusters: [{name: a, weight: 1}, {name: b, weight: 1}]}");

        for (Request request : List.of(
                GET,
                GET.with("dice", "x"),
                GET.with("dice", ""),
                GET.with("dice", "-1"),
                GET.with("dice", "18446744073709551616"),
                GET.with("dice", "0").with("dice", "0"))) {
            assertThat(table.decide(request, () -> 1))
                    .as("%s", request)
                    .extracting("cluster")
                    .isEqualTo("b");
        }
        assertThat(table.decide(GET.with("dice", "0"), () -> 1))
                .extracting("cluster")
                .isEqualTo("a");
    }

    @Test
    void aFractionTakesTheLowestRandomValues() throws InvalidRouteConfiguration {
        RouteTable table = RouteTable.parse(
                Configurations.answering(
                        "{prefix: /, runtime_fraction: {default_value: {numerator: 2, denominator: TEN_THOUSAND}, runtime_key: x}}"));

        assertThat(LongStream.of(0, 1, 2, 9_999, 10_000, 10_001, 10_002)
                        .mapToObj(random -> decide(table, random) instanceof Decision.Respond))
                .containsExactly(true, true, false, false, true, true, false);
    }

    @Test
    void oneDecisionThrowsTheDiceOnce() throws InvalidRouteConfiguration {
        String match = "match: {prefix: /, runtime_fraction: {default_value: {numerator: 50}}}";
        RouteTable table = RouteTable.parse(Configurations.routes("""
                - {%s, direct_response: {status: 200}}
                - {match: {prefix: /}, route: {weighted_clusters: {clusters: [{name: a, weight: 60}, {name: b, weight: 40}]}}}
                """.formatted(match)));
        AtomicInteger thrown = new AtomicInteger();

        Decision decision = table.decide(GET, () -> {
            thrown.incrementAndGet();
            return 59;
        });

        assertThat(decision).extracting("cluster").isEqualTo("a");
        assertThat(thrown).hasValue(1);
    }

    @Test
    void noDiceAreThrownWhereNothingIsLeftToChance() throws InvalidRouteConfiguration {
        Decision decision = forwarding("cluster: c").decide(GET, () -> {
            throw new AssertionError("asked for a random value");
        });

        assertThat(decision).extracting("cluster").isEqualTo("c");
    }

    @Test
    void aRequestThatATrustedHopCallsInternalNeedsNoTls() throws InvalidRouteConfiguration {
        RouteTable table = RouteTable.parse(Configurations.configuration(
                "virtual_hosts: [{name: all, domains: ['*'], require_tls: EXTERNAL_ONLY, routes: [{match: {prefix: /},"
                        + " direct_response: {status: 200}}]}]"));

        assertThat(table.decide(GET.with("x-envoy-internal", "true"), () -> 0)).isInstanceOf(Decision.Respond.class);
        assertThat(decide(table, 0))
                .isEqualTo(new Decision.Redirect(
                        301, "https://a.com/", Optional.empty(), "all", "", HeaderChanges.NONE, FilterConfigs.NONE));
    }

    @Test
    void bytesThatAreNoTextComeBackAsTheyWere() throws InvalidRouteConfiguration {
        RouteTable table = RouteTable.parse(Configurations.routes(
                "- {match: {prefix: /}, direct_response: {status: 200, body: {inline_bytes: AP+A}}}"));

        Body body = ((Decision.Respond) decide(table, 0)).body().orElseThrow();

        assertThat(body.length()).isEqualTo(3);
        byte[] bytes = new byte[3];
        body.buffer().get(bytes);
        assertThat(bytes).containsExactly(0, 0xff, 0x80);
        assertThat(body.buffer().isReadOnly()).isTrue();
    }

    private static RouteTable forwarding(String action) throws InvalidRouteConfiguration {
        return RouteTable.parse(Configurations.routes("- {name: r, match: {prefix: /}, route: {" + action + "}}"));
    }

    private static Decision decide(RouteTable table, long random) {
        return table.decide(GET, () -> random);
    }

    private static List<String> clusters(RouteTable table, LongStream randoms) {
        return randoms.mapToObj(random -> ((Decision.Forward) decide(table, random)).cluster())
                .toList();
    }
}
