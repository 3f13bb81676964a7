package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.prometheus.Credentials;
import io.signalbox.controlplane.prometheus.PrometheusConfig;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What canaries may be judged by, through the API. */
final class CanaryMetricsTest {
    private static final String RANGE = "'thresholdRange':{'max':1},";

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        startWithPrometheus();
        assertThat(api.put("/api/v1/pools/v1", "{\"spec\":{}}").status()).isEqualTo(201);
        assertThat(api.put("/api/v1/pools/v2", "{\"spec\":{}}").status()).isEqualTo(201);
    }

    private void startWithPrometheus() throws Exception {
        api = TestApi.start(TestApi.config(Replica.address(postgres.database()), directory)
                .withPrometheus(new PrometheusConfig(
                        URI.create("http://127.0.0.1:1"), Credentials.NONE, PrometheusConfig.USUAL_TIMEOUT)));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer putPaced(String pace, String... metrics) {
        String spec = "{'stable':'v1','canary':'v2'," + pace + "'metrics':[" + String.join(",", metrics) + "]}}";
        return api.put("/api/v1/canaries/c", "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    private Answer put(String... metrics) {
        return putPaced("'bake':'10s','analysis':{'maximumWait':'20s',", metrics);
    }

    private static String metric(String name, String query, String more) {
        return "{'name':'" + name + "','query':'" + query + "'," + more + "'interval':'10s'}";
    }

    @Test
    void areKeptAsTheyAreWritten() {
        Answer written = put(
                metric("a", "up{p=~\\\"{{ canary }}|{{stable}}\\\"}[{{ interval }}]", RANGE),
                metric("b", "x", "'thresholdRange':{'min':-0.5,'max':1e3},'failures':5,"));
        assertThat(written.status()).isEqualTo(201);
        assertThat(api.get("/api/v1/canaries/c").body().at("/spec/analysis/metrics"))
                .isEqualTo(TestApi.json("""
                        [{"name": "a", "query": "up{p=~\\"{{ canary }}|{{stable}}\\"}[{{ interval }}]",
                          "thresholdRange": {"max": 1.0}, "interval": "10s", "failures": 2},
                         {"name": "b", "query": "x",
                          "thresholdRange": {"min": -0.5, "max": 1000.0}, "interval": "10s", "failures": 5}]
                        """));
    }

    @Test
    void whatMakesNoSenseIsTold() {
        assertThat(put(
                                metric("a", "up{x=\\\"{{ target }}\\\"} + {{ canary", RANGE),
                                metric("a", " ", "'thresholdRange':{'min':2,'max':1.5},"))
                        .violations())
                .containsExactly(
                        "spec.analysis.metrics[0].query: {{ target }} (expected: one of {{ name }}, {{ stable }},"
                                + " {{ canary }}, {{ interval }})",
                        "spec.analysis.metrics[0].query: {{ canary (expected: one of {{ name }}, {{ stable }},"
                                + " {{ canary }}, {{ interval }})",
                        "spec.analysis.metrics[1].name: \"a\" (expected: a name that no other metric of it has)",
                        "spec.analysis.metrics[1].query: nothing (expected: a query in PromQL)",
                        "spec.analysis.metrics[1].thresholdRange: from 2.0 to 1.5 (expected: a max that is not below"
                                + " the min)");
        assertThat(put(metric("a", "x", "'thresholdRange':{},")).violations())
                .singleElement()
                .asString()
                .startsWith("spec.analysis.metrics[0].thresholdRange: ");
    }

    @Test
    void noIntervalIsLongerThanAStepCanBe() {
        assertThat(putPaced("'bake':'4s','analysis':{'maximumWait':'6s',", metric("a", "x", RANGE))
                        .violations())
                .containsExactly("spec.analysis.metrics[0].interval: 10s (expected: less than bake and maximumWait"
                        + " together, 10s, as no step could pass)");
        assertThat(put(metric("a", "x", RANGE).replace("10s", "999ms")).violations())
                .containsExactly("spec.analysis.metrics[0].interval: 999ms (expected: a duration from 1s to 1h)");
    }

    /** Nothing may stand in the way back. */
    @Test
    void aServerThatHasLostItsPrometheusStillMovesItAndSaysWhatIsMissing() throws Exception {
        assertThat(put(metric("a", "x", RANGE)).status()).isEqualTo(201);
        assertThat(act("start").status()).isEqualTo(200);
        api.close();
        api = TestApi.start(postgres.database(), directory);

        assertThat(api.patch("/api/v1/canaries/c", "{\"spec\":{\"weight\":7}}").status())
                .isEqualTo(200);
        assertThat(api.patch(
                                "/api/v1/canaries/c",
                                "{\"spec\":{\"analysis\":{\"metrics\":[{\"name\":\"b\",\"query\":\"x\","
                                        + "\"thresholdRange\":{\"max\":1}}]}}}")
                        .violations())
                .containsExactly("spec.analysis.metrics: 1 metric (expected: none, as this server has no Prometheus"
                        + " to ask: its configuration lacks prometheus.url)");
        assertThat(api.get("/api/v1/canaries/c/analysis")
                        .body()
                        .at("/metrics/0/verdict")
                        .asText())
                .isEqualTo("inconclusive");
        assertThat(act("abort").status()).isEqualTo(200);
    }

    private Answer act(String action) {
        return api.request("POST", "/api/v1/canaries/c:" + action).send();
    }
}
