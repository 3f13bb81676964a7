package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.routing.HashedClusters.MaglevOf;
import io.signalbox.routing.HashedClusters.Ring;
import io.signalbox.routing.balance.HashTable;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A user comes to the same arm and the same server, whether Envoy or the library decides. */
class SameServerTest {
    /** {@code -Dsignalbox.users=10000} is the size that is reported. */
    private static final int USERS = Integer.getInteger("signalbox.users", 300);

    private static final int EXPERIMENTS = 20;
    private static final int BATCH = 40;

    private record Place(String cluster, int host) {}

    @Test
    void aKeyLeadsToTheSameHost() throws Exception {
        SeededDice dice = SeededDice.roll();
        List<HashedClusters> clusters = new ArrayList<>();
        List<List<Integer>> weights = List.of(
                List.of(1),
                List.of(1, 1, 1, 1, 1),
                List.of(1, 2, 5),
                List.of(7, 7, 1),
                IntStream.range(0, 12).mapToObj(i -> dice.nextInt(1, 129)).toList());
        for (List<Integer> each : weights) {
            for (HashedClusters.Table table : List.of(
                    new Ring(1024, 8 * 1024 * 1024),
                    new Ring(1, 7),
                    new Ring(100, 130),
                    new MaglevOf(65_537),
                    new MaglevOf(101))) {
                clusters.add(new HashedClusters("cluster" + clusters.size(), each, table, dice.oneIn(2)));
            }
        }
        RouteConfiguration routes = Configurations.routes("- {match: {prefix: /}, route: {cluster_header: to,"
                + " hash_policy: [{header: {header_name: key}}]}}");
        List<Request> requests = new ArrayList<>();
        for (HashedClusters cluster : clusters) {
            for (int i = 0; i < USERS; i++) {
                requests.add(
                        Request.get("/").with("to", cluster.name()).with("key", Long.toHexString(dice.nextLong())));
            }
        }
        assertAgreement(clusters, routes, requests);
    }

    @Test
    void aUserIsInTheSameArmsOnTheSameServers() throws Exception {
        SeededDice dice = SeededDice.roll();
        List<HashedClusters> clusters = List.of(
                new HashedClusters("control", List.of(1, 1, 1, 1), new Ring(1024, 8 * 1024 * 1024), true),
                new HashedClusters("variant", List.of(3, 1, 2), new Ring(1024, 8 * 1024 * 1024), true));
        String hosts = IntStream.range(0, EXPERIMENTS)
                .mapToObj(i -> experiment(i, dice.nextInt(1, 100)))
                .collect(Collectors.joining("\n"));
        List<Request> requests = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            String cookie = "visitor=" + Long.toHexString(dice.nextLong());
            for (int i = 0; i < EXPERIMENTS; i++) {
                requests.add(Request.get("/").to("e" + i + ".com").with("cookie", cookie));
            }
        }
        assertAgreement(clusters, Configurations.configuration("virtual_hosts:\n" + hosts), requests);
    }

    private static String experiment(int number, int percent) {
        return """
                - name: e%1$d
                  domains: [e%1$d.com]
                  routes:
                  - match: {prefix: /}
                    route:
                      hash_policy:
                      - cookie: {name: visitor}
                      - header: {header_name: ':scheme', regex_rewrite: {pattern: {regex: '.*'}, substitution: experiment-%1$d}}
                      weighted_clusters:
                        use_hash_policy: true
                        clusters: [{name: control, weight: %2$d}, {name: variant, weight: %3$d}]
                """.formatted(number, 100 - percent, percent);
    }

    private static void assertAgreement(
            List<HashedClusters> clusters, RouteConfiguration routes, List<Request> requests) throws Exception {
        RouteTable table = RouteTable.parse(routes);
        int differences = 0;
        Map<Place, Integer> places = new HashMap<>();
        try (RealEnvoy envoy = RealEnvoy.balancing(routes, clusters)) {
            Map<String, HashTable> tables = clusters.stream()
                    .collect(Collectors.toMap(HashedClusters::name, c -> c.library(envoy.directory())));
            for (int from = 0; from < requests.size(); from += BATCH) {
                List<Request> batch = requests.subList(from, Math.min(from + BATCH, requests.size()));
                List<Map<String, String>> answers = envoy.pipeline(batch);
                for (int i = 0; i < batch.size(); i++) {
                    Map<String, String> answer = answers.get(i);
                    String host = answer.getOrDefault("x-host", "host-1.sock");
                    Place expected = new Place(
                            answer.getOrDefault("x-cluster", ""),
                            Integer.parseInt(host.replaceAll(".*host(-?\\d+)\\.sock$", "$1")));
                    Place actual = place(table, tables, batch.get(i));
                    differences += actual.equals(expected) ? 0 : 1;
                    places.merge(actual, 1, Integer::sum);
                }
            }
        }
        System.out.println(
                requests.size() + " requests, " + differences + " differences, " + places.size() + " servers");
        assertThat(differences).isZero();
    }

    private static Place place(RouteTable table, Map<String, HashTable> tables, Request request) {
        Decision.Forward to = (Decision.Forward) table.decide(request, () -> 0);
        long hash = to.forwarding().hash().hash(request).orElseThrow();
        HashTable hosts = tables.get(to.cluster());
        assertThat(hosts).as(to.cluster()).isNotNull();
        return new Place(to.cluster(), hosts.pick(hash));
    }
}
