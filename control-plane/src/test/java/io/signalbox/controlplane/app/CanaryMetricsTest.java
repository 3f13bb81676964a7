package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.PoolSecond;
import io.signalbox.controlplane.prometheus.Credentials;
import io.signalbox.controlplane.prometheus.PrometheusConfig;
import io.signalbox.controlplane.prometheus.PrometheusEndpoint;
import io.signalbox.controlplane.prometheus.PrometheusEndpoint.Asked;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.LoadWrite;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A control plane that asks what speaks Prometheus's API about its canaries; another replica has heard of their requests. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CanaryMetricsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SECRET = "hush-hush";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.signalbox");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PrometheusEndpoint prometheus;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ControlPlane controlPlane;

    @BeforeEach
    void start() throws Exception {
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        prometheus = PrometheusEndpoint.start();
        controlPlane = ControlPlane.start(new ControlPlaneConfig(
                        Replica.address(postgres.database()),
                        new ControlPlaneConfig.Keyset(directory.resolve("keyset.json"), true),
                        new Address("127.0.0.1", 0),
                        new Address("127.0.0.1", 0),
                        List.of(Token.of("tests", "secret")))
                .withPrometheus(new PrometheusConfig(
                        prometheus.url(), Credentials.bearer(() -> SECRET), Duration.ofSeconds(1))));
        put("pools", "v1", "{'endpoints':[{'address':'127.0.0.1','port':9}]}");
        put("pools", "v2", "{'endpoints':[{'address':'127.0.0.1','port':9}]}");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
        prometheus.close();
        ours.setLevel(null);
        root.detachAppender(log);
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(SECRET));
    }

    private ApiClient api() {
        return new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "secret");
    }

    private void put(String kind, String name, String spec) throws Exception {
        api().put(kind, name, JSON.readTree(spec.replace('\'', '"')), Expect.ABSENT);
    }

    private void startCanary(String bake) throws Exception {
        put("canaries", "c", """
                {'stable':'v1','canary':'v2','steps':[10,50,100],'bake':'%s','analysis':{'metrics':[
                  {'name':'checkouts','query':'rate(checkouts{pool=\\"{{ canary }}\\"}[{{ interval }}])',
                   'thresholdRange':{'min':0.5},'interval':'1s'}]}}
                """.formatted(bake));
        assertThat(api().send("POST", "/api/v1/canaries/c:start", Optional.empty(), Map.of())
                        .status())
                .isEqualTo(200);
    }

    /** As reported in this second and each of the minute after it, of which none counts before it is over. */
    private void report(int errors) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<PoolSecond, Counts> seconds = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            seconds.put(new PoolSecond("v1", now.plusSeconds(i)), new Counts(1000, 1));
            seconds.put(new PoolSecond("v2", now.plusSeconds(i)), new Counts(1000, errors));
        }
        try (Database database = new Database(Replica.address(postgres.database()))) {
            new LoadWrite(database, UUID.randomUUID()).seconds(seconds, List.of());
        }
    }

    private JsonNode awaitAnalysis(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api().get("/api/v1/canaries/c/analysis").body(), wanted);
    }

    private static Predicate<JsonNode> verdict(String verdict) {
        return analysis -> analysis.path("verdict").asText().equals(verdict);
    }

    private JsonNode awaitStatus(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api().get("canaries", "c").body().path("status"), wanted);
    }

    private static Predicate<JsonNode> phase(String phase) {
        return status -> status.path("phase").asText().equals(phase);
    }

    @Test
    void aHealthyCanaryWhoseQueryIsOutOfItsRangeGoesBack() throws Exception {
        prometheus.answers(query -> PrometheusEndpoint.sample("0.75"));
        startCanary("10m");
        report(1);
        JsonNode good = awaitAnalysis(verdict("pass"));
        assertThat(good.at("/metrics/0/reason").asText()).isEqualTo("checkouts is 0.75 (expected: at least 0.5)");
        assertThat(good.at("/metrics/0/value").asDouble()).isEqualTo(0.75);
        assertThat(Instant.parse(good.at("/metrics/0/asked").asText())).isBefore(Instant.now());

        prometheus.answers(query -> PrometheusEndpoint.sample("0.25"));

        JsonNode status = awaitStatus(phase("failed"));
        assertThat(status.path("weight").asInt()).isZero();
        assertThat(status.path("reason").asText())
                .startsWith("checkouts is 0.25 (expected: at least 0.5), 2 times in a row;"
                        + " not worse than the stable pool by 1 % or more");
        assertThat(prometheus.asked()).extracting(Asked::query).containsOnly("rate(checkouts{pool=\"v2\"}[1s])");
        assertThat(prometheus.asked()).extracting(Asked::authorization).containsOnly(Optional.of("Bearer " + SECRET));
    }

    @Test
    void aHealthyCanaryWaitsWhilePrometheusDoesNotAnswerAndSaysSo() throws Exception {
        prometheus.answers(query -> PrometheusEndpoint.endless());
        startCanary("1s");
        report(1);
        JsonNode analysis =
                awaitAnalysis(seen -> seen.path("reason").asText().contains("; not worse than") && isOverdue(seen));
        assertThat(analysis.path("verdict").asText()).isEqualTo("inconclusive");
        assertThat(analysis.path("reason").asText())
                .startsWith("checkouts is unknown: Prometheus did not answer within 1 s; not worse than");
        assertThat(analysis.at("/metrics/0").has("value")).isFalse();
        assertThat(api().get("canaries", "c").body().at("/status/step").asInt()).isZero();

        prometheus.answers(query -> PrometheusEndpoint.sample("0.75"));

        awaitStatus(status -> status.path("step").asInt() == 1);
    }

    /** For two seconds, in which it would have gone on. */
    private static boolean isOverdue(JsonNode analysis) {
        return Instant.now()
                .isAfter(Instant.parse(analysis.path("due").asText()).plusSeconds(2));
    }

    @Test
    void whatIsBadGoesBackWhateverPrometheusDoes() throws Exception {
        prometheus.answers(query -> PrometheusEndpoint.endless());
        startCanary("10m");
        report(300);
        assertThat(awaitStatus(phase("failed")).path("reason").asText()).startsWith("more errors than ");
    }
}
