package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatenciesTest;
import io.signalbox.controlplane.load.LatencySpan;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.LatencyStore;
import io.signalbox.controlplane.store.LoadWrite;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolLoadTest {
    private static final String LOAD = "/api/v1/pools/a/load";

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(postgres.database(), directory);
        assertThat(api.put("/api/v1/pools/a", "{\"spec\":{}}").status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsMinutesByProxiesPageByPage() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(10));
        write(minute, 3);

        Answer first = api.get(LOAD + "?pageSize=2&since=" + minute);
        assertThat(first.body().path("items")).hasSize(2);
        assertThat(first.body().at("/items/0")).isEqualTo(TestApi.json("""
                        {"start": "%s", "nodes": [
                          {"node": "edge-1", "requests": 10, "errors": 1, "inProgress": 2},
                          {"node": "edge-2", "requests": 10, "errors": 1, "inProgress": 2}]}
                        """.formatted(minute)));
        Answer second = api.get(LOAD + "?pageSize=2&since=" + minute + "&pageToken="
                + first.body().path("nextPageToken").asText());
        assertThat(second.body().path("items")).hasSize(1);
        assertThat(second.body().at("/items/0/start").asText())
                .isEqualTo(minute.plus(Duration.ofMinutes(2)).toString());
        assertThat(second.body().has("nextPageToken")).isFalse();
    }

    @Test
    void showsLatenciesWhereTheyAreKnown() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(10));
        write(minute, 2);
        Latencies latencies = LatenciesTest.answers(100, 98).plus(LatenciesTest.answers(500, 2));
        try (Database database = new Database(Replica.address(postgres.database()))) {
            new LatencyStore(database, UUID.randomUUID(), Instant::now)
                    .write(
                            Map.of(
                                    new LatencySpan("a", minute.plusSeconds(60), LatencySpan.MINUTE), latencies,
                                    new LatencySpan("b", minute, LatencySpan.MINUTE), latencies),
                            List.of());
        }

        JsonNode items = api.get(LOAD + "?since=" + minute).body().path("items");
        assertThat(items.get(0).has("latency")).isFalse();
        assertThat(items.get(1).path("latency"))
                .isEqualTo(TestApi.json("{\"answers\": 100, \"p50\": 85.306, \"p99\": 450.0}"));
    }

    @Test
    void showsTheLastQuarterOfAnHourUnlessAskedForMore() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        write(minute.minus(Duration.ofMinutes(30)), 1);
        write(minute.minus(Duration.ofMinutes(5)), 1);

        assertThat(starts(api.get(LOAD)))
                .isEqualTo(minute.minus(Duration.ofMinutes(5)).toString());
        assertThat(api.get(LOAD + "?since=1970-01-01T00:00:00Z").body().path("items"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "%2B999999999-12-31T23:59:59Z"})
    void takesAnyTime(String since) {
        assertThat(api.get(LOAD + "?since=" + since).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-31", "1769860800"})
    void refusesWhatIsNoTime(String since) {
        Answer answer = api.get(LOAD + "?since=" + since);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violations())
                .containsExactly("query.since: \"" + since + "\" (expected: a time such as 2026-01-31T12:00:00Z)");
    }

    @Test
    void isNotThereForAPoolThatIsNot() {
        assertThat(api.get("/api/v1/pools/b/load").status()).isEqualTo(404);
    }

    private static String starts(Answer answer) {
        StringBuilder starts = new StringBuilder();
        for (JsonNode minute : answer.body().path("items")) {
            starts.append(minute.path("start").asText());
        }
        return starts.toString();
    }

    private void write(Instant first, int minutes) {
        Map<NodeMinute, NodeMinute.Load> rows = new HashMap<>();
        for (int i = 0; i < minutes; i++) {
            for (String node : new String[] {"edge-1", "edge-2"}) {
                rows.put(
                        new NodeMinute("a", first.plus(Duration.ofMinutes(i)), node),
                        new NodeMinute.Load(new Counts(10, 1), 2));
            }
        }
        try (Database database = new Database(Replica.address(postgres.database()))) {
            new LoadWrite(database, UUID.randomUUID()).minutes(rows);
        }
    }
}
