package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.LayerPrime;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way of an experiment, through the API. */
class ExperimentsTest {
    private static final String TWO = "'variants':[{'name':'control'},{'name':'b','pool':'v2'}]";

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
        route("shop", "'hosts':['shop.test','pay.test']", "'pools':[{'pool':'v1'}]");
        route("pay", "'hosts':['pay.test'],'match':{'path':{'prefix':'/pay'}}", "'pools':[{'pool':'v1'}]");
        route("hashed", "'hosts':['hashed.test']", "'pools':[{'pool':'v1'}],'hash':[{'sourceIp':{}}]");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void route(String name, String where, String forward) {
        ok(put("routes/" + name, "{" + where + ",'action':{'forward':{" + forward + "}}}"));
    }

    private Answer put(String path, String spec) {
        return api.put("/api/v1/" + path, "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    private Answer act(String action) {
        return api.request("POST", "/api/v1/experiments/" + action).send();
    }

    private Answer patch(String name, String spec) {
        return api.patch("/api/v1/experiments/" + name, "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    /** {@code running control 0-10 b 10-20}, in millions. */
    private static String status(Answer answer) {
        JsonNode status = ok(answer).body().path("status");
        List<String> words = new ArrayList<>();
        words.add(status.path("phase").asText());
        status.path("slices")
                .forEach(slice -> words.add(slice.path("variant").asText() + " "
                        + slice.path("from").asInt() / 1_000_000 + "-"
                        + slice.path("to").asInt() / 1_000_000));
        return String.join(" ", words);
    }

    @Test
    void fromTheStartToTheEnd() {
        assertThat(status(put("experiments/e", "{'routes':['shop'],'population':20," + TWO + "}")))
                .isEqualTo("initialized");
        assertThat(status(act("e:start"))).isEqualTo("running control 0-10 b 10-20");
        assertThat(ok(api.get("/api/v1/pools/v2"))
                        .body()
                        .at("/status/published")
                        .asBoolean())
                .isTrue();
        assertThat(status(patch("e", "{'population':50}")))
                .isEqualTo("running control 0-10 b 10-20 control 20-35 b 35-50");
        assertThat(status(patch("e", "{'population':10}"))).isEqualTo("running control 0-5 b 10-15");
        assertThat(status(act("e:stop"))).isEqualTo("stopped control 0-5 b 10-15");
        assertThat(ok(api.get("/api/v1/revisions")).body().at("/items/0/reason").asText())
                .isEqualTo("Stop experiment e");
        assertThat(status(act("e:start"))).isEqualTo("running control 0-5 b 10-15");
    }

    @Test
    void aRunBeginsWithEachStartAndWithNothingElse() {
        ok(put("experiments/e", "{'routes':['shop']," + TWO + "}"));
        assertThat(report().body().has("startedAt")).isFalse();
        ok(act("e:start"));
        String started = report().body().path("startedAt").asText();
        ok(patch("e", "{'population':50}"));
        ok(put("experiments/e", "{'routes':['shop'],'population':60," + TWO + "}"));
        ok(act("e:stop"));
        assertThat(report().body().path("startedAt").asText()).isEqualTo(started);
        assertThat(report().body().path("phase").asText()).isEqualTo("stopped");
        ok(act("e:start"));
        assertThat(report().body().path("startedAt").asText()).isGreaterThan(started);
    }

    private Answer report() {
        return ok(api.get("/api/v1/experiments/e/report"));
    }

    @Test
    void aReportOnNothingYet() {
        ok(put("experiments/e", "{'routes':['shop']," + TWO + "}"));
        JsonNode report = report().body();
        assertThat(report.at("/variants/1/name").asText()).isEqualTo("b");
        assertThat(report.at("/variants/1/visitors").asInt()).isZero();
        assertThat(report.at("/variants/1/expectedShare").asDouble()).isEqualTo(50);
        assertThat(report.at("/variants/1/assigned").has("errorRate")).isFalse();
        assertThat(report.at("/sampleRatio/verdict").asText()).isEqualTo("as-expected");
        assertThat(report.at("/nodes/reporting")).isEmpty();
        assertThat(api.get("/api/v1/experiments/none/report").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/experiments/e/report?since=yesterday").violations())
                .containsExactly("query.since: \"yesterday\" (expected: a time such as 2026-01-31T12:00:00Z)");
        assertThat(ok(api.get("/api/v1/experiments/e/report?since=2026-01-31T12:34:56%2B01:00"))
                        .body()
                        .path("since")
                        .asText())
                .isEqualTo("2026-01-31T11:00:00Z");
    }

    @Test
    void aWinnerGetsTheRoutes() {
        ok(put(
                "experiments/e",
                "{'routes':['shop','pay'],'variants':[{'name':'control'},{'name':'b','pool':'v2',"
                        + "'requestHeaders':{'set':[{'name':'x-a','value':'b'}]}}]}"));
        ok(act("e:start"));
        Answer none = act("e:stop?winner=c");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.violations())
                .containsExactly("query.winner: \"c\" (expected: one of its variants: control, b)");
        Answer stopped = ok(act("e:stop?winner=b"));
        assertThat(stopped.body().at("/status/winner").asText()).isEqualTo("b");
        for (String route : List.of("shop", "pay")) {
            JsonNode pool = ok(api.get("/api/v1/routes/" + route)).body().at("/spec/action/forward/pools/0");
            assertThat(pool.path("pool").asText()).isEqualTo("v2");
            assertThat(pool.at("/requestHeaders/set/0/value").asText()).isEqualTo("b");
        }
        JsonNode newest = ok(api.get("/api/v1/revisions")).body().at("/items/0");
        assertThat(newest.path("reason").asText()).isEqualTo("Stop experiment e: b wins");
        assertThat(api.get("/api/v1/revisions/" + newest.path("revision").asInt())
                        .body()
                        .path("changes"))
                .hasSize(3);
    }

    @Test
    void aWinnerDoesNotGetOtherHosts() {
        ok(put("experiments/e", "{'hosts':['shop.test']," + TWO + "}"));
        ok(act("e:start"));
        assertThat(act("e:stop?winner=b").body().path("detail").asText())
                .isEqualTo("Experiment e: route shop is also for hosts that it is not for, so it cannot be pointed at"
                        + " the winner; stop it without one and divide that route.");
        ok(act("e:stop?winner=control"));
    }

    @Test
    void whatAPhaseDoesNotAllowIsRefused() {
        ok(put("experiments/e", "{'routes':['shop']," + TWO + "}"));
        Answer early = act("e:stop");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("detail").asText())
                .isEqualTo("Experiment e: it is initialized; stop is for one that is running.");
        ok(act("e:start"));
        assertThat(act("e:start").status()).isEqualTo(409);
        assertThat(act("none:start").status()).isEqualTo(404);
    }

    @Test
    void whatMakesNoSenseIsTold() {
        assertThat(put(
                                "experiments/bad",
                                "{'variants':[{'name':'a','weight':0,'pool':'v1'},{'name':'a','weight':0}],"
                                        + "'startsAt':'2030-01-02T00:00:00Z','endsAt':'2030-01-01T00:00:00Z'}")
                        .violations())
                .containsExactly(
                        "spec.routes: nothing, and no hosts (expected: names of routes, or hosts, or both)",
                        "spec.variants[1].name: \"a\" again (expected: each variant once)",
                        "spec.variants[0].pool: \"v1\" (expected: none, as the first variant goes where the routes send)",
                        "spec.variants: weights that are all 0 (expected: a weight above 0)",
                        "spec.endsAt: \"2030-01-01T00:00:00Z\" (expected: a time after startsAt)");
        assertThat(put("experiments/bad", "{'routes':['nowhere'],'variants':[{'name':'a'},{'name':'b','pool':'none'}]}")
                        .violations())
                .containsExactly(
                        "spec.routes[0]: no route named nowhere (expected: the name of an existing route)",
                        "spec.variants[1].pool: no pool named none (expected: the name of an existing pool)");
    }

    @Test
    void whileItRunsUsersChangeVariantsForNoEdit() {
        ok(put("experiments/e", "{'routes':['shop'],'population':20," + TWO + "}"));
        ok(act("e:start"));
        assertThat(patch("e", "{'layer':'x','variants':[{'name':'control','weight':2},{'name':'b','pool':'v2'}]}")
                        .violations())
                .containsExactly(
                        "spec.layer: \"x\" (expected: no change while the experiment runs; stop it first)",
                        "spec.variants: other names or weights (expected: no change while the experiment runs; stop it first)");
        ok(patch("e", "{'variants':[{'name':'control'},{'name':'b','pool':'v3'}]}"));
        assertThat(api.delete("/api/v1/pools/v3").status()).isEqualTo(409);
        assertThat(api.delete("/api/v1/routes/shop").status()).isEqualTo(409);
    }

    @Test
    void experimentsOfALayerShareItsUsers() {
        ok(put("experiments/a", "{'routes':['shop'],'layer':'ui','population':60," + TWO + "}"));
        ok(put("experiments/b", "{'routes':['pay'],'layer':'ui','population':50," + TWO + "}"));
        ok(act("a:start"));
        assertThat(act("b:start").violations())
                .containsExactly("spec.population: 50 percent (expected: at most 40 percent,"
                        + " as the others that run in layer ui have the rest)");
        ok(patch("b", "{'population':40}"));
        assertThat(status(act("b:start"))).isEqualTo("running control 60-80 b 80-100");
        assertThat(patch("a", "{'population':60.0001}").status()).isEqualTo(400);
        ok(act("b:stop"));
        assertThat(status(patch("a", "{'population':70}")))
                .isEqualTo("running control 0-30 b 30-60 control 60-65 b 65-70");
        assertThat(status(patch("b", "{'population':30}"))).isEqualTo("stopped control 60-80 b 80-100");
        assertThat(status(act("b:start"))).isEqualTo("running control 70-80 b 80-95 control 95-100");
    }

    @Test
    void twoLayersThatDivideUsersAlikeDoNotRunAtOnce() throws Exception {
        assertThat(LayerPrime.of("layer-2839")).isEqualTo(LayerPrime.of("layer-3930"));
        ok(put("experiments/a", "{'routes':['shop'],'layer':'layer-2839'," + TWO + "}"));
        ok(put("experiments/b", "{'routes':['pay'],'layer':'layer-3930'," + TWO + "}"));
        ok(act("a:start"));
        assertThat(act("b:start").violations())
                .containsExactly(
                        "spec.layer: \"layer-3930\", which by chance divides users as the layer \"layer-2839\" does,"
                                + " in which experiments run (expected: a layer of another name)");
        ok(put("experiments/b", "{'routes':['pay'],'layer':'another'," + TWO + "}"));
        ok(act("b:start"));
    }

    @Test
    void aRouteIsDividedByOneLayer() {
        ok(put("experiments/a", "{'routes':['pay'],'layer':'ui','population':10," + TWO + "}"));
        ok(put("experiments/b", "{'hosts':['pay.test'],'layer':'search','population':10," + TWO + "}"));
        ok(put("experiments/c", "{'routes':['hashed']," + TWO + "}"));
        ok(act("a:start"));
        assertThat(act("b:start").violations())
                .containsExactly("spec.layer: \"search\", while the experiment a divides route pay by layer ui"
                        + " (expected: the layer of the other experiments that run on the same routes)");
        assertThat(act("c:start").violations())
                .containsExactly(
                        "spec.routes[0]: \"hashed\" (expected: a route with the action forward to pools by name,"
                                + " without hash and without connect)");
        ok(put("experiments/d", "{'hosts':['shop.test'],'layer':'search','population':10," + TWO + "}"));
        ok(act("d:start"));
        Answer both = api.request("PUT", "/api/v1/routes/pay")
                .header("If-Match", "*")
                .json(("{'spec':{'hosts':['pay.test','shop.test'],'action':{'forward':{'pools':[{'pool':'v1'}],"
                                + "'hash':[{'sourceIp':{}}]}}}}")
                        .replace('\'', '"'))
                .send();
        assertThat(both.violations())
                .containsExactly("spec.action: an action that cannot be divided, while experiments run on it: a"
                        + " (expected: forward to pools by name, without hash and without connect)");
        Answer two = api.patch("/api/v1/routes/pay", "{\"spec\":{\"hosts\":[\"pay.test\",\"shop.test\"]}}");
        assertThat(two.violations())
                .containsExactly("spec.hosts: \"shop.test\", where experiments of the layers ui and search run"
                        + " (expected: hosts on which experiments of one layer divide the route)");
    }

    @Test
    void aCookieForcesOneVariant() {
        String cookie = ",'cookie':{'name':'experiment'}}";
        ok(put("experiments/a", "{'routes':['shop'],'layer':'ui','population':10," + TWO + cookie));
        ok(put(
                "experiments/b",
                "{'routes':['shop'],'layer':'ui','population':10," + "'variants':[{'name':'control'},{'name':'c'}]"
                        + cookie));
        ok(act("a:start"));
        assertThat(act("b:start").violations())
                .containsExactly("spec.cookie.name: \"experiment\", which forces control of the experiment a too"
                        + " (expected: a cookie and variants by which one variant is forced on route shop)");
    }

    @Test
    void aCanaryAndAnExperimentDoNotDivideOneRoute() {
        ok(put("canaries/c", "{'stable':'v1','canary':'v3'}"));
        ok(put("experiments/e", "{'routes':['shop']," + TWO + "}"));
        ok(act("e:start"));
        Answer canary = api.request("POST", "/api/v1/canaries/c:start").send();
        assertThat(canary.violations())
                .containsExactly("spec.stable: the pool of route shop, which the experiment e divides"
                        + " (expected: pools of routes on which no experiment runs)");
        ok(act("e:stop"));
        ok(api.request("POST", "/api/v1/canaries/c:start").send());
        assertThat(act("e:start").violations())
                .containsExactly("spec.routes: route shop, which the canary c divides"
                        + " (expected: routes that no canary divides that is under way)");
    }
}
