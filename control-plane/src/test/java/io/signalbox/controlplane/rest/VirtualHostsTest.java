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

/** Virtual hosts and header changes, through the API. */
class VirtualHostsTest {
    private static final String RESPOND = "{\"respond\":{\"status\":404,\"body\":\"nothing\"}}";

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    private Path directory = Path.of("");

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(postgres.database(), directory);
        ok(put("listeners/edge", "{'address':'127.0.0.1','port':8080,'http':{}}"));
        ok(put("listeners/inside", "{'address':'127.0.0.1','port':8081,'http':{}}"));
        ok(put("routes/cart", "{'hosts':['shop.test'],'match':{'path':{'prefix':'/cart'}},'action':" + RESPOND + "}"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer put(String path, String spec) {
        return api.put("/api/v1/" + path, "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private JsonNode explain(String path) {
        return ok(api.request("POST", "/api/v1/explain")
                        .json("{\"listener\":\"edge\",\"host\":\"shop.test\",\"path\":\"" + path + "\"}")
                        .send())
                .body();
    }

    @Test
    void ofEachHostOnEachListenerThereIsOne() {
        ok(put("virtual-hosts/shop", "{'hosts':['Shop.test','*.shop.test'],'listeners':['edge']}"));
        ok(put("virtual-hosts/inside", "{'hosts':['shop.test'],'listeners':['inside']}"));

        Answer everywhere = put("virtual-hosts/all", "{'hosts':['a.test','SHOP.test']}");
        assertThat(everywhere.status()).isEqualTo(400);
        assertThat(everywhere.violations())
                .containsExactly(
                        "spec.hosts[1]: \"shop.test\", which the virtual host inside is for on inside"
                                + " (expected: one virtual host for each host on each listener)",
                        "spec.hosts[1]: \"shop.test\", which the virtual host shop is for on edge"
                                + " (expected: one virtual host for each host on each listener)");
        ok(put("virtual-hosts/all", "{'hosts':['a.test']}"));
        assertThat(put("virtual-hosts/more", "{'hosts':['a.test'],'listeners':['edge']}")
                        .violations())
                .containsExactly("spec.hosts[0]: \"a.test\", which the virtual host all is for on every listener"
                        + " (expected: one virtual host for each host on each listener)");
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(put(
                                "virtual-hosts/bad",
                                "{'hosts':['a.test','A.test'],'listeners':['nobody'],'unmatched':{'redirect':{'prefix':'/b'}},"
                                        + "'requestHeaders':{'set':[{'name':'host','value':'%X%'}]}}")
                        .violations())
                .contains(
                        "spec.listeners[0]: no listener named nobody (expected: the name of an existing listener)",
                        "spec.hosts[1]: \"a.test\" again (expected: each host once)",
                        "spec.unmatched.redirect.prefix: \"/b\" (expected: no prefix, as the route does not match a path prefix)",
                        "spec.requestHeaders.set[0].name: \"host\" (expected: another header; Envoy does not let it be changed so)")
                .hasSize(5);
        assertThat(put("virtual-hosts/bad", "{'hosts':[],'unmatched':{'forward':{}}}")
                        .violations())
                .containsExactlyInAnyOrder(
                        "spec.hosts: an empty list (expected: a list of 1 to 100 items)",
                        "spec.unmatched.forward: an unknown field (expected: one of redirect, respond)");
    }

    @Test
    void aListenerThatAVirtualHostIsForStays() {
        ok(put("virtual-hosts/inside", "{'hosts':['shop.test'],'listeners':['inside']}"));

        Answer refused = api.request("DELETE", "/api/v1/listeners/inside")
                .header("If-Match", "*")
                .send();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.toString()).contains("virtual-host");
    }

    @Test
    void explainNamesTheVirtualHostThatAnswers() {
        assertThat(explain("/x").path("outcome").asText()).isEqualTo("noRoute");
        ok(put("virtual-hosts/shop", "{'hosts':['shop.test'],'unmatched':" + RESPOND + "}"));

        JsonNode explained = explain("/x");
        assertThat(explained.path("outcome").asText()).isEqualTo("respond");
        assertThat(explained.path("body").asText()).isEqualTo("nothing");
        assertThat(explained.path("unmatched").asText()).isEqualTo("shop");
        assertThat(explained.has("route")).isFalse();
        assertThat(explained.at("/stronger/0/route").asText()).isEqualTo("cart");
        assertThat(explain("/cart").path("route").asText()).isEqualTo("cart");
        assertThat(explain("/cart").has("unmatched")).isFalse();
    }

    @Test
    void aRouteTestThatWantsNoRouteHoldsWhoeverAnswers() {
        String request = "{'request':{'host':'shop.test','path':'/x'},'expect':";
        ok(put("route-tests/none", request + "{'noRoute':{}}}"));
        ok(put("virtual-hosts/shop", "{'hosts':['shop.test'],'unmatched':" + RESPOND + "}"));
        ok(put("route-tests/answer", request + "{'respond':{'status':404}}}"));

        Answer broken = put("virtual-hosts/shop", "{'hosts':['shop.test']}");

        assertThat(broken.status()).isEqualTo(409);
        assertThat(broken.body().at("/brokenRouteTests/0/name").asText()).isEqualTo("answer");
        assertThat(broken.body().path("brokenRouteTests")).hasSize(1);
    }

    @Test
    void changedHeadersOfAListenerChangeItsRoutesOnly() {
        Answer answer = ok(api.request("PUT", "/api/v1/listeners/edge?dryRun=true")
                .header("If-Match", "*")
                .json("{\"spec\":{\"address\":\"127.0.0.1\",\"port\":8080,\"http\":{},"
                        + "\"responseHeaders\":{\"set\":[{\"name\":\"x-a\",\"value\":\"%RESP(x-b)%\"}]}}}")
                .send());

        JsonNode changes = answer.body().at("/diff/envoy/resources");
        assertThat(changes).hasSize(1);
        assertThat(changes.at("/0/type").asText()).isEqualTo("routes");
        assertThat(answer.body().at("/diff/envoy/drains")).isEmpty();
    }
}
