package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way of a canary, through the API. */
class CanariesTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    private Path directory = Path.of("");

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(postgres.database(), directory);
        for (String pool : new String[] {"v1", "v2", "v3"}) {
            ok(put("pools/" + pool, "{'endpoints':[{'address':'127.0.0.1','port':9}]}"));
        }
        ok(put("listeners/edge", "{'address':'127.0.0.1','port':8080,'http':{}}"));
        ok(put("routes/shop", "{'hosts':['shop.test'],'action':{'forward':{'pools':[{'pool':'v1'}]}}}"));
        ok(put("routes/pay", "{'hosts':['pay.test'],'action':{'forward':{'pools':[{'pool':'v1'}]}}}"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer put(String path, String spec) {
        return api.put("/api/v1/" + path, "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    private Answer act(String action) {
        return api.request("POST", "/api/v1/canaries/" + action).send();
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private static String status(Answer answer) {
        JsonNode status = ok(answer).body().path("status");
        return status.path("phase").asText() + " " + status.path("step").asInt() + " "
                + status.path("weight").asInt();
    }

    private String poolOf(String route) {
        return ok(api.get("/api/v1/routes/" + route))
                .body()
                .at("/spec/action/forward/pools/0/pool")
                .asText();
    }

    @Test
    void fromTheStartToTheEnd() {
        assertThat(status(put("canaries/c", "{'stable':'v1','canary':'v2','steps':[10,50,100]}")))
                .isEqualTo("initialized 0 0");
        assertThat(status(act("c:start"))).isEqualTo("progressing 0 10");
        assertThat(poolOf("shop")).isEqualTo("v1");
        Answer promoted = act("c:promote");
        assertThat(status(promoted)).isEqualTo("promoted 2 100");
        assertThat(promoted.body().at("/status/promotedRoutes")).hasSize(2);
        assertThat(poolOf("shop")).isEqualTo("v2");
        assertThat(poolOf("pay")).isEqualTo("v2");
        assertThat(status(act("c:finish"))).isEqualTo("succeeded 2 100");
        assertThat(ok(api.get("/api/v1/revisions")).body().at("/items/0/reason").asText())
                .isEqualTo("Finish canary c");
    }

    @Test
    void anAbortAfterPromotionLeadsBackWhatNobodyHasPointedElsewhere() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2'}"));
        ok(act("c:start"));
        ok(act("c:promote"));
        ok(api.request("PUT", "/api/v1/routes/pay")
                .header("If-Match", "*")
                .json("{\"spec\":{\"hosts\":[\"pay.test\"],\"action\":{\"forward\":{\"pools\":[{\"pool\":\"v3\"}]}}}}")
                .send());
        assertThat(status(act("c:abort"))).isEqualTo("failed 4 0");
        assertThat(poolOf("shop")).isEqualTo("v1");
        assertThat(poolOf("pay")).isEqualTo("v3");
    }

    @Test
    void aShareByHandStaysUntilItIsGivenBack() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2'}"));
        ok(act("c:start"));
        assertThat(status(api.patch("/api/v1/canaries/c", "{\"spec\":{\"weight\":37}}")))
                .isEqualTo("progressing 0 37");
        assertThat(status(act("c:resume"))).isEqualTo("progressing 3 50");
        Answer paused = act("c:pause");
        assertThat(status(paused)).isEqualTo("progressing 3 50");
        assertThat(paused.body().at("/spec/weight").asInt()).isEqualTo(50);
        Answer resumed = act("c:resume");
        assertThat(status(resumed)).isEqualTo("progressing 3 50");
        assertThat(resumed.body().at("/spec/weight").isMissingNode()).isTrue();
    }

    @Test
    void writingItAgainLeavesItWhereItIs() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2'}"));
        ok(act("c:start"));
        ok(api.patch("/api/v1/canaries/c", "{\"spec\":{\"weight\":8}}"));
        ok(act("c:resume"));
        Answer again = api.request("PUT", "/api/v1/canaries/c")
                .header("If-Match", "*")
                .json("{\"spec\":{\"stable\":\"v1\",\"canary\":\"v2\",\"steps\":[20,40,100]}}")
                .send();
        assertThat(status(again)).isEqualTo("progressing 1 40");
    }

    @Test
    void whatAPhaseDoesNotAllowIsRefused() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2'}"));
        Answer early = act("c:promote");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("detail").asText())
                .isEqualTo("Canary c: it is initialized; promote is for one that is progressing.");
        ok(act("c:start"));
        assertThat(act("c:start").status()).isEqualTo(409);
        assertThat(act("c:finish").status()).isEqualTo(409);
        assertThat(act("none:start").status()).isEqualTo(404);
        assertThat(act("c:fly").status()).isIn(404, 405);
        assertThat(api.request("POST", "/api/v1/canaries/c:abort")
                        .header("If-Match", "\"1\"")
                        .send()
                        .status())
                .isEqualTo(412);
    }

    @Test
    void whatMakesNoSenseIsTold() {
        assertThat(put("canaries/bad", "{'stable':'v1','canary':'v1','steps':[10,5],'cookie':{'sameSite':'None'}}")
                        .violations())
                .containsExactly(
                        "spec.canary: \"v1\" (expected: another pool than the stable one)",
                        "spec.steps: 5 after 10 (expected: each step larger than the one before)",
                        "spec.cookie.secure: false (expected: true, as browsers ask for with sameSite None)");
        assertThat(put("canaries/bad", "{'stable':'none','canary':'v2','routes':['nowhere']}")
                        .violations())
                .containsExactly(
                        "spec.stable: no pool named none (expected: the name of an existing pool)",
                        "spec.routes[0]: no route named nowhere (expected: the name of an existing route)");
    }

    @Test
    void withoutAPrometheusNobodyCanBeAsked() {
        String metric = "{'name':'a','query':'up','thresholdRange':{'max':1}}";
        assertThat(put("canaries/bad", "{'stable':'v1','canary':'v2','analysis':{'metrics':[" + metric + "]}}")
                        .violations())
                .containsExactly("spec.analysis.metrics: 1 metric (expected: none, as this server has no Prometheus"
                        + " to ask: its configuration lacks prometheus.url)");
    }

    @Test
    void underWayUsersChangeSidesForNoEdit() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2'}"));
        ok(act("c:start"));
        assertThat(api.patch("/api/v1/canaries/c", "{\"spec\":{\"canary\":\"v3\",\"cookie\":{\"name\":\"x\"}}}")
                        .violations())
                .containsExactly(
                        "spec.canary: \"v3\" (expected: no change while the canary is under way; abort it first)",
                        "spec.cookie.name: \"x\" (expected: no change while the canary is under way; abort it first)");
        assertThat(api.delete("/api/v1/pools/v2").status()).isEqualTo(409);
    }

    @Test
    void aRouteThatSendsToBothPoolsIsNotForIt() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2','routes':['shop']}"));
        String both = "{'hosts':['a.test'],'action':{'forward':{'pools':[{'pool':'v1'},{'pool':'v2','weight':0}]}}}";
        ok(put("routes/shop", both));
        assertThat(act("c:start").violations())
                .containsExactly(
                        "spec.canary: \"v2\", where route shop sends already (expected: a pool that routes to the"
                                + " stable one do not name; take it out of them first)");
        ok(put("routes/shop", "{'hosts':['a.test'],'action':{'forward':{'pools':[{'pool':'v1'}]}}}"));
        ok(act("c:start"));
        assertThat(put("routes/shop", both).violations())
                .containsExactly("spec.action: \"v1\" and \"v2\", while the canary c goes from one to the other"
                        + " (expected: one of the two; the canary divides the requests)");
        ok(act("c:promote"));
        ok(put("routes/shop", both));
    }

    @Test
    void twoOfTheSamePoolsAreNotUnderWayOnTheSameRoutes() {
        ok(put("canaries/a", "{'stable':'v1','canary':'v2','routes':['shop']}"));
        ok(put("canaries/b", "{'stable':'v1','canary':'v3','routes':['pay']}"));
        ok(put("canaries/c", "{'stable':'v1','canary':'v3'}"));
        ok(act("a:start"));
        ok(act("b:start"));
        assertThat(act("c:start").violations())
                .containsExactly(
                        "spec.stable: \"v1\" to \"v3\", while the canary a goes from v1 to v2"
                                + " (expected: pools of no other canary that is under way on the same routes)",
                        "spec.stable: \"v1\" to \"v3\", while the canary b goes from v1 to v3"
                                + " (expected: pools of no other canary that is under way on the same routes)");
    }

    @Test
    void aLatencyRuleAsksForATimeThatIsToldApart() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2','analysis':{'latency':{'slow':'0.5s','maximum':1}}}"));
        assertThat(ok(api.get("/api/v1/canaries/c")).body().at("/spec/analysis/latency"))
                .isEqualTo(TestApi.json("{\"slow\": \"500ms\", \"tolerance\": 1, \"maximum\": 1}"));

        assertThat(slower("450ms"))
                .isEqualTo("450ms (expected: 400ms or 500ms, a boundary between which latencies are told apart)");
        assertThat(slower("2m"))
                .isEqualTo("120s (expected: 60s or less, a boundary between which latencies are told apart)");
        assertThat(put("canaries/bad", "{'stable':'v1','canary':'v2','analysis':{'latency':{'tolerance':1}}}")
                        .violations())
                .singleElement()
                .asString()
                .startsWith("spec.analysis.latency.slow: ");
    }

    private String slower(String slow) {
        String field = "spec.analysis.latency.slow: ";
        String violation = put(
                        "canaries/bad", "{'stable':'v1','canary':'v2','analysis':{'latency':{'slow':'" + slow + "'}}}")
                .violations()
                .get(0);
        assertThat(violation).startsWith(field);
        return violation.substring(field.length());
    }

    @Test
    void withALatencyRuleNothingPassesUntilSomebodyTellsLatencies() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v2','analysis':{'latency':{'slow':'500ms'}}}"));
        act("c:start");
        JsonNode analysis = ok(api.get("/api/v1/canaries/c/analysis")).body();
        assertThat(analysis.path("verdict").asText()).isEqualTo("inconclusive");
        assertThat(analysis.path("reason").asText()).contains("; no proxy tells latencies; ");
        assertThat(analysis.path("latency"))
                .isEqualTo(TestApi.json("{\"stable\": {\"answers\": 0}, \"canary\": {\"answers\": 0},"
                        + " \"silent\": [], \"untold\": []}"));
    }
}
