package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Replica;
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

/** Explain, route tests and warnings, through the API. */
class ExplainTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    private Path directory = Path.of("");

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(postgres.database(), directory);
        ok(api.put("/api/v1/listeners/edge", "{\"spec\":{\"address\":\"127.0.0.1\",\"port\":8080,\"http\":{}}}"));
        ok(api.put("/api/v1/pools/v1", "{\"spec\":{}}"));
        ok(api.put("/api/v1/pools/v2", "{\"spec\":{}}"));
        ok(route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 95, "v2", 5));
        ok(route(
                "canary",
                "{\"path\":{\"prefix\":\"/checkout\"},\"methods\":[\"POST\"],"
                        + "\"cookies\":[{\"name\":\"canary\",\"exact\":\"true\"}]}",
                "v2",
                1,
                "v1",
                0));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private Answer route(String name, String match, String first, int share, String second, int rest) {
        return api.put("/api/v1/routes/" + name, routeSpec(match, first, share, second, rest));
    }

    private static String routeSpec(String match, String first, int share, String second, int rest) {
        return ("{\"spec\":{\"hosts\":[\"shop.test\"],\"match\":%s,\"action\":{\"forward\":{\"pools\":"
                        + "[{\"pool\":\"%s\",\"weight\":%d},{\"pool\":\"%s\",\"weight\":%d}]}}}}")
                .formatted(match, first, share, second, rest);
    }

    private Answer explain(String body) {
        return api.request("POST", "/api/v1/explain").json(body).send();
    }

    private Answer test(String name, String request, String expect) {
        return api.put(
                "/api/v1/route-tests/" + name, "{\"spec\":{\"request\":%s,\"expect\":%s}}".formatted(request, expect));
    }

    @Test
    void namesTheRouteItsArmsAndWhatStrongerRoutesMiss() {
        JsonNode explained = ok(explain("{\"host\":\"shop.test:8080\",\"path\":\"/checkout/./x?a=1\"}"))
                .body();

        assertThat(explained.path("outcome").asText()).isEqualTo("forward");
        assertThat(explained.path("route").asText()).isEqualTo("checkout");
        assertThat(explained.path("virtualHost").asText()).isEqualTo("shop.test");
        assertThat(explained.has("pool")).isFalse();
        assertThat(explained.at("/arms/1/probability").asDouble()).isEqualTo(0.05);
        assertThat(explained.at("/forwarded/path").asText()).isEqualTo("/checkout/x?a=1");
        assertThat(explained.path("stronger")).isEqualTo(TestApi.json("""
                        [{"route": "canary", "unmet": [
                          {"field": "spec.match.methods", "found": "GET", "expected": "POST"},
                          {"field": "spec.match.cookies[0]", "found": "canary: nothing",
                           "expected": "canary: \\"true\\""}]}]"""));
        JsonNode drawn = ok(explain("{\"host\":\"shop.test\",\"path\":\"/checkout\",\"random\":199}"))
                .body();
        assertThat(drawn.path("pool").asText()).isEqualTo("v2");
    }

    @Test
    void saysWhyEachKindOfConditionIsNotMet() {
        ok(route("odd", """
                {"path": {"template": "/checkout/{id}"}, "sources": ["10.0.0.0/8", "2001:db8::/32"], "grpc": true,
                 "headers": [{"name": "x-n", "range": {"from": 1, "to": 3}}],
                 "query": [{"name": "q", "exact": "On", "ignoreCase": true}]}""", "v1", 1, "v2", 1));

        JsonNode explained =
                ok(explain("{\"host\":\"shop.test\",\"path\":\"/checkout\"}")).body();

        assertThat(explained.at("/stronger/0/unmet")).isEqualTo(TestApi.json("""
                        [{"field": "spec.match.path", "found": "\\"/checkout\\"",
                          "expected": "like \\"/checkout/{id}\\""},
                         {"field": "spec.match.grpc", "found": "content-type: nothing", "expected": "gRPC"},
                         {"field": "spec.match.headers[0]", "found": "x-n: nothing",
                          "expected": "x-n: a number from 1, below 3"},
                         {"field": "spec.match.sources", "found": "192.0.2.1",
                          "expected": "10.0.0.0/8 or 2001:db8::/32"},
                         {"field": "spec.match.query[0]", "found": "q: nothing",
                          "expected": "q: \\"On\\", in any case"}]"""));
        String from = "{\"host\":\"shop.test\",\"path\":\"/checkout/1?q=ON\",\"client\":\"2001:DB8::1\","
                + "\"headers\":[{\"name\":\"x-n\",\"value\":\"2\"},"
                + "{\"name\":\"content-type\",\"value\":\"application/grpc\"}]}";
        assertThat(ok(explain(from)).body().path("route").asText()).isEqualTo("odd");
    }

    @Test
    void namesTheRoutesThatFractionsLeaveToChance() {
        ok(route("tenth", "{\"path\":{\"prefix\":\"/checkout\"},\"fraction\":{\"percent\":10}}", "v2", 1, "v1", 0));
        String request = "{\"host\":\"shop.test\",\"path\":\"/checkout\"}";

        JsonNode explained = ok(explain(request)).body();
        JsonNode drawn =
                ok(explain(request.replace("}", ",\"random\":100000}"))).body();

        assertThat(explained.path("possible")).isEqualTo(TestApi.json("""
                        [{"route": "tenth", "probability": 0.1}, {"route": "checkout", "probability": 0.9}]"""));
        assertThat(explained.has("pool")).isFalse();
        assertThat(drawn.path("route").asText()).isEqualTo("checkout");
        assertThat(drawn.has("possible")).isFalse();
        assertThat(drawn.at("/stronger/1/unmet/0/expected").asText()).isEqualTo("one of 10 % of all");
        // 10 % to v2, and of the others 5 %.
        ok(test("share", request, "{\"pool\":{\"name\":\"v2\",\"share\":14.5}}"));
    }

    @Test
    void tellsTheSideOfACanary() {
        ok(api.put("/api/v1/pools/v3", "{\"spec\":{}}"));
        ok(route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 3, "v3", 1));
        ok(api.put("/api/v1/pools/canary", "{\"spec\":{}}"));
        ok(api.put(
                "/api/v1/canaries/next",
                "{\"spec\":{\"stable\":\"v1\",\"canary\":\"canary\",\"weight\":20,\"routes\":[\"checkout\"]}}"));
        ok(api.request("POST", "/api/v1/canaries/next:start").send());

        assertThat(arms("")).containsExactly("canary 0.15 next canary new", "v1 0.6 next stable new", "v3 0.25");
        assertThat(arms("canary-next=19; a=b")).containsExactly("canary 0.75 next canary known", "v3 0.25");
        assertThat(arms("canary-next=20")).containsExactly("v1 0.75 next stable known", "v3 0.25");
        assertThat(arms("canary=true")).containsExactly("canary 0.75 next canary forced", "v3 0.25");
        assertThat(asked("").has("canary")).isFalse();
        ok(route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v2", 0));
        assertThat(asked("canary=false").path("canary")).isEqualTo(TestApi.json("""
                        {"name": "next", "side": "stable", "assigned": "forced"}"""));
        assertThat(asked("").has("canary")).isFalse();
    }

    @Test
    void tellsTheVariantOfAnExperiment() {
        ok(route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v2", 0));
        ok(api.put("/api/v1/experiments/new", """
                {"spec": {"routes": ["checkout"], "layer": "checkout-ui", "population": 60, "cookie": {"name": "ab"},
                  "variants": [{"name": "control"}, {"name": "other", "pool": "v2"}]}}"""));
        ok(api.request("POST", "/api/v1/experiments/new:start").send());

        // The numbers of these visitors are those of the conformance case experiments/known-visitors.
        assertThat(asked("signalbox-visitor=u17").path("experiment")).isEqualTo(TestApi.json("""
                        {"name": "new", "variant": "control", "assigned": "known"}"""));
        assertThat(asked("signalbox-visitor=\\\"u7\\\"")
                        .at("/experiment/variant")
                        .asText())
                .isEqualTo("other");
        JsonNode outside = asked("signalbox-visitor=u6");
        assertThat(outside.has("experiment")).isFalse();
        assertThat(arms("signalbox-visitor=u6")).containsExactly("v1 1.0");
        JsonNode forced = asked("ab=other; signalbox-visitor=u6");
        assertThat(forced.path("pool").asText()).isEqualTo("v2");
        assertThat(forced.at("/experiment/assigned").asText()).isEqualTo("forced");
        assertThat(asked("").has("experiment")).isFalse();
        assertThat(arms("")).containsExactly("v1 0.3 new control new", "v2 0.3 new other new", "v1 0.4");
        assertThat(arms("xsignalbox-visitor=u17")) // passes for ours, and is not hashed
                .containsExactly("v1 0.3 new control known", "v2 0.3 new other known", "v1 0.4");
    }

    private JsonNode asked(String cookies) {
        String headers = "\"headers\":[{\"name\":\"cookie\",\"value\":\"%s\"}]".formatted(cookies);
        String body = "{\"host\":\"shop.test\",\"path\":\"/checkout\"" + (cookies.isEmpty() ? "" : "," + headers) + "}";
        return ok(explain(body)).body();
    }

    /** Those that are possible: {@code v2 0.25 payment-v2 canary new}. */
    private List<String> arms(String cookies) {
        List<String> arms = new ArrayList<>();
        for (JsonNode arm : asked(cookies).path("arms")) {
            if (arm.path("probability").asDouble() > 0) {
                StringBuilder text = new StringBuilder(arm.path("pool").asText());
                text.append(' ').append(Math.round(100 * arm.path("probability").asDouble()) / 100.0);
                arm.path("canary").forEach(part -> text.append(' ').append(part.asText()));
                arm.path("experiment").forEach(part -> text.append(' ').append(part.asText()));
                arms.add(text.toString());
            }
        }
        return arms;
    }

    @Test
    void saysWhatIsSentOfARewrittenRequestAndWhichPoolAHeaderNames() {
        ok(api.put("/api/v1/routes/named", """
                {"spec": {"hosts": ["shop.test"], "match": {"path": {"prefix": "/named"}}, "action": {"forward": {
                  "poolFromHeader": {"name": "X-Pool", "pools": ["v1", "v2"]},
                  "rewrite": {"path": {"prefix": "/"}, "host": {"literal": "named.test"}}}}}}"""));
        String request =
                "{\"host\":\"shop.test\",\"path\":\"/named/a?b\",\"headers\":[{\"name\":\"x-pool\",\"value\":\"%s\"}]}";

        JsonNode known = ok(explain(request.formatted("v2"))).body();
        JsonNode unknown = ok(explain(request.formatted("v3"))).body();

        assertThat(known.path("pool").asText()).isEqualTo("v2");
        assertThat(known.at("/forwarded/path").asText()).isEqualTo("/a?b");
        assertThat(known.at("/forwarded/host").asText()).isEqualTo("named.test");
        assertThat(unknown.path("route").asText() + unknown.path("status")).isEqualTo("named503");
        assertThat(api.delete("/api/v1/pools/v2").status()).isEqualTo(409);
    }

    @Test
    void understandsCurlAndPastRevisions() {
        ok(route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v2", 0));
        String curl = "curl -sk -b canary=true -d x=1 \\\\\\n -H 'X-A: b' http://shop.test:8080/checkout";

        assertThat(ok(explain("{\"curl\":\"" + curl + "\"}"))
                        .body()
                        .path("route")
                        .asText())
                .isEqualTo("canary");
        assertThat(ok(explain("{\"host\":\"shop.test\",\"path\":\"/checkout\",\"revision\":4}"))
                        .body()
                        .path("arms"))
                .hasSize(2);
        assertThat(ok(explain("{\"host\":\"shop.test\",\"path\":\"/checkout\",\"revision\":2}"))
                        .body()
                        .path("outcome")
                        .asText())
                .isEqualTo("noHost");
        assertThat(explain("{\"host\":\"shop.test\",\"revision\":99}").status()).isEqualTo(404);
        assertThat(explain("{\"curl\":\"curl --ftp-pasv http://shop.test/\"}").violations())
                .containsExactly("curl: the option --ftp-pasv (expected: options that are known here)");
        assertThat(explain("{\"host\":\"shop.test\",\"listener\":\"other\"}").violations())
                .containsExactly("listener: other (expected: one of edge (http))");
    }

    @Test
    void tellsWhatHappensBeforeRouting() {
        JsonNode redirected =
                ok(explain("{\"host\":\"shop.test\",\"path\":\"/a%2fb\"}")).body();
        assertThat(redirected.path("outcome").asText()
                        + redirected.path("location").asText())
                .isEqualTo("redirect/a/b");
        JsonNode rejected =
                ok(explain("{\"host\":\"shop.test\",\"path\":\"/a#b\"}")).body();
        assertThat(rejected.path("status").asInt()).isEqualTo(400);
    }

    @Test
    void takesIntoAccountWhomTheListenerTrusts() {
        ok(api.put("/api/v1/listeners/edge", """
                {"spec": {"address": "127.0.0.1", "port": 8080, "http": {}, "redirectToHttps": {"status": 308},
                  "trust": {"hops": 1, "networks": ["10.0.0.0/8"], "headers": ["x-country-code"]}}}"""));
        String match =
                "{\"path\":{\"prefix\":\"/deals\"},\"headers\":[{\"name\":\"x-country-code\",\"exact\":\"IN\"}]}";
        ok(route("india", match, "v2", 1, "v1", 0));
        String request = "{\"host\":\"shop.test\",\"path\":\"/deals\",\"client\":\"%s\",\"headers\":["
                + "{\"name\":\"x-country-code\",\"value\":\"IN\"},{\"name\":\"x-forwarded-proto\",\"value\":\"https\"}]}";

        JsonNode trusted = ok(explain(request.formatted("10.1.2.3"))).body();
        JsonNode other = ok(explain(request.formatted("192.0.2.9"))).body();

        assertThat(trusted.path("route").asText()).isEqualTo("india");
        assertThat(other.path("location").asText() + other.path("status")).isEqualTo("https://shop.test/deals308");
        assertThat(other.has("route")).isFalse();
        assertThat(other.path("reason").asText()).contains("HTTPS");
        assertThat(explain(request.formatted("10.0.0")).violations())
                .containsExactly("client: 10.0.0 (expected: an IPv4 or IPv6 address)");
        ok(test("trusted", request.formatted("10.1.2.3"), "{\"pool\":{\"name\":\"v2\"}}"));
        ok(test("others", request.formatted("2001:db8::1"), "{\"redirect\":{\"status\":308}}"));
        assertThat(test("wrong", request.formatted("10.0.0"), "{\"noRoute\":{}}")
                        .violations())
                .containsExactly("spec.request.client: \"10.0.0\" (expected: an IPv4 or IPv6 address)");
    }

    @Test
    void aChangeThatBreaksARouteTestIsRefusedUnlessOverridden() {
        String request = "{\"method\":\"POST\",\"host\":\"shop.test\",\"path\":\"/checkout\","
                + "\"cookies\":[{\"name\":\"canary\",\"value\":\"true\"}]}";
        ok(test("canary-users", request, "{\"pool\":{\"name\":\"v2\"}}"));
        assertThat(test("wrong", request, "{\"pool\":{\"name\":\"v1\"}}").status())
                .isEqualTo(409);

        Answer refused = api.delete("/api/v1/routes/canary");
        ok(api.put("/api/v1/pools/v3", "{\"spec\":{}}"));
        Answer turned = route("canary", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v2", 0);

        // Without the canary route 5 % still reach it.
        assertThat(refused.status()).isEqualTo(204);
        assertThat(turned.status()).isEqualTo(201);
        Answer broken = route("checkout", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v3", 1);
        assertThat(broken.status()).isEqualTo(409);
        assertThat(broken.body().path("brokenRouteTests")).isEqualTo(TestApi.json("""
                        [{"name": "canary-users", "listener": "edge", "route": "checkout",
                          "found": "pools v1 (50 %), v3 (50 %)", "expected": "pool v2"}]"""));
        String spec = routeSpec("{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v3", 1);
        String path = "/api/v1/routes/checkout?overrideRouteTests=true";
        assertThat(api.request("PUT", path)
                        .header("If-Match", "*")
                        .json(spec)
                        .send()
                        .status())
                .isEqualTo(400);
        Answer overridden = ok(api.request("PUT", path)
                .header("If-Match", "*")
                .header("Signalbox-Reason", "no canary any more")
                .json(spec)
                .send());
        long revision = overridden.body().path("revision").asLong();
        assertThat(api.get("/api/v1/revisions/" + revision)
                        .body()
                        .path("reason")
                        .asText())
                .isEqualTo("no canary any more [overrides route tests: canary-users]");
        // It fails now and stands in nobody's way, but it is told.
        Answer unrelated = ok(api.put("/api/v1/pools/v4", "{\"spec\":{}}"));
        assertThat(unrelated.body().at("/warnings/0/code").asText()).isEqualTo("failing-route-test");
        assertThat(api.get("/api/v1/warnings").body().path("items").findValuesAsText("code"))
                .contains("failing-route-test");
    }

    @Test
    void warnsOfRoutesThatCannotBeReached() {
        Answer equal = ok(route("same", "{\"path\":{\"prefix\":\"/checkout\"}}", "v1", 1, "v2", 1));
        assertThat(equal.body().path("warnings").findValuesAsText("name")).containsExactly("same", "checkout");
        Answer first = ok(api.put(
                "/api/v1/routes/first",
                "{\"spec\":{\"hosts\":[\"shop.test\"],\"priority\":1,\"action\":{\"respond\":{\"status\":503}}}}"));

        assertThat(first.body().path("warnings").findValuesAsText("code")).containsOnly("unreachable");
        assertThat(api.get("/api/v1/warnings").body().path("items")).hasSize(3);
    }
}
