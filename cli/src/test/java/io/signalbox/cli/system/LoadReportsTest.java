package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EmbeddedDatabase;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Envoy and a Java plane were asked, and what the database knows of it. */
class LoadReportsTest {
    private static final int REQUESTS = 200;

    private record Counts(long requests, long errors) {
        Counts plus(Counts other) {
            return new Counts(requests + other.requests, errors + other.errors);
        }
    }

    @Test
    void everyRequestIsCountedOnceAlsoWhileTheDatabaseIsAway(@TempDir Path directory) throws Exception {
        try (LocalServer server = LocalServer.start(directory);
                Proxies proxies = Proxies.start(server.xds());
                EchoBackend backend = EchoBackend.start("stable")) {
            ApiClient api = server.api();
            api.put("listeners", "edge", Specs.listener(proxies.listenerPort()), Expect.ABSENT);
            api.put("pools", "stable", Specs.pool(backend), Expect.ABSENT);
            api.put("routes", "stable", Specs.forward("/stable", "stable"), Expect.ABSENT);
            long revision = api.put("routes", "warm", Specs.respond("/warm", "warm"), Expect.ABSENT)
                    .revision();
            proxies.awaitAcknowledged(api, revision);
            proxies.awaitAnswers("/warm", answer -> answer.status() == 200);
            awaitReports(api); // before its first report an Envoy forgets what a pool was sent
            backend.fail(0.2, 500);
            Map<String, Counts> expected = new TreeMap<>();

            ask(proxies, expected);
            awaitCounts(api, server.database(), expected);

            server.database().stop();
            ask(proxies, expected);
            awaitReports(api);
            server.database().start();
            awaitCounts(api, server.database(), expected);
        }
    }

    private static void ask(Proxies proxies, Map<String, Counts> asked) throws IOException {
        for (Map.Entry<String, RawHttpClient> proxy : proxies.byNode().entrySet()) {
            for (int i = 0; i < REQUESTS; i++) {
                int status = proxy.getValue()
                        .send(RawRequest.get(Specs.HOST, "/stable"))
                        .status();
                asked.merge(proxy.getKey(), new Counts(1, status == 500 ? 1 : 0), Counts::plus);
            }
        }
    }

    /** Until they are there, and nothing more comes with the reports after that. */
    private static void awaitCounts(ApiClient api, EmbeddedDatabase database, Map<String, Counts> expected)
            throws SQLException {
        await().atMost(Proxies.PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class) // while it starts
                .untilAsserted(() -> assertThat(all(database)).isEqualTo(total(expected)));
        await().atMost(Proxies.PATIENCE)
                .untilAsserted(() -> assertThat(byNode(api)).isEqualTo(expected));
        awaitReports(api);
        assertThat(all(database)).isEqualTo(total(expected));
        assertThat(byNode(api)).isEqualTo(expected);
    }

    private static Counts total(Map<String, Counts> counts) {
        return counts.values().stream().reduce(new Counts(0, 0), Counts::plus);
    }

    private static Counts all(EmbeddedDatabase database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(requests), 0), coalesce(sum(errors), 0) FROM load_seconds")) {
            row.next();
            return new Counts(row.getLong(1), row.getLong(2));
        }
    }

    private static Map<String, Counts> byNode(ApiClient api) {
        Map<String, Counts> counts = new TreeMap<>();
        for (JsonNode minute : api.send("GET", "/api/v1/pools/stable/load", Optional.empty(), Map.of())
                .body()
                .path("items")) {
            for (JsonNode node : minute.path("nodes")) {
                counts.merge(
                        node.path("node").asText(),
                        new Counts(
                                node.path("requests").asLong(),
                                node.path("errors").asLong()),
                        Counts::plus);
            }
        }
        return counts;
    }

    /** Until what each proxy was asked so far is told: one report may be on its way already. */
    private static void awaitReports(ApiClient api) {
        for (int i = 0; i < 3; i++) {
            Map<String, String> before = lastReports(api);
            await().atMost(Proxies.PATIENCE).until(() -> {
                Map<String, String> now = lastReports(api);
                return now.size() == 2
                        && now.entrySet().stream()
                                .noneMatch(node -> node.getValue().equals(before.get(node.getKey())));
            });
        }
    }

    private static Map<String, String> lastReports(ApiClient api) {
        Map<String, String> reports = new TreeMap<>();
        for (JsonNode node : api.nodes()) {
            if (node.has("lastLoadReport")) {
                reports.put(
                        node.path("id").asText(), node.path("lastLoadReport").asText());
            }
        }
        return reports;
    }
}
