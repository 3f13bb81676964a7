package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.local.TestCertificates;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole config as one document. */
class ConfigTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    Path directory;

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(postgres.database(), directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String document(String... resources) {
        return "{\"resources\":[" + String.join(",", resources) + "]}";
    }

    private static String pool(String name, int port) {
        return "{\"kind\":\"pool\",\"name\":\"" + name
                + "\",\"labels\":{\"team\":\"a\"},\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":" + port
                + "}]}}";
    }

    private static String route(String name, String pool) {
        return "{\"kind\":\"route\",\"name\":\"" + name
                + "\",\"spec\":{\"action\":{\"forward\":{\"pools\":[{\"pool\":\"" + pool + "\"}]}}}}";
    }

    private Answer put(String query, String ifMatch, String body) {
        return api.request("PUT", "/api/v1/config" + query)
                .header("If-Match", ifMatch)
                .json(body)
                .send();
    }

    private static List<String> results(Answer answer) {
        List<String> results = new ArrayList<>();
        answer.body()
                .path("changes")
                .forEach(change -> results.add(change.path("result").asText() + " "
                        + change.path("kind").asText() + " "
                        + change.path("name").asText()));
        return results;
    }

    @Test
    void writesAllInOneRevisionAndLeavesAloneWhatIsThere() {
        Answer created = put("", "*", document(route("r", "p"), pool("p", 1), pool("q", 1)));
        assertThat(created.status()).isEqualTo(200);
        assertThat(results(created)).containsExactly("created route r", "created pool p", "created pool q");
        assertThat(created.body().path("revision").asInt()).isEqualTo(1);

        Answer again = put("", "*", document(route("r", "p"), pool("p", 2)));

        assertThat(results(again)).containsExactly("unchanged route r", "updated pool p");
        assertThat(again.body().path("revision").asInt()).isEqualTo(2);
        assertThat(api.get("/api/v1/pools/q").status()).isEqualTo(200);
    }

    @Test
    void aDocumentWithoutResourcesChangesNothing() {
        assertThat(put("", "*", document(pool("p", 1))).status()).isEqualTo(200);

        Answer nothing = put("", "*", document());

        assertThat(nothing.status()).isEqualTo(200);
        assertThat(results(nothing)).isEmpty();
        assertThat(nothing.body().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void whatWasReadCanBePutBackWithoutPrivateKeys() {
        TestCertificates.Issued issued = TestCertificates.authority().issue("shop.example.com");
        ObjectNode certificate =
                JsonNodeFactory.instance.objectNode().put("kind", "certificate").put("name", "shop");
        certificate.putObject("spec").put("chain", issued.chain()).put("privateKey", issued.privateKey());
        put("", "*", document(route("r", "p"), pool("p", 1), certificate.toString()));

        Answer read = api.get("/api/v1/config");
        assertThat(read.etag()).isEqualTo("\"1\"");
        assertThat(read.toString()).doesNotContain("PRIVATE KEY");
        assertThat(api.request("GET", "/api/v1/config")
                        .header("If-None-Match", "\"1\"")
                        .send()
                        .status())
                .isEqualTo(304);
        Answer back = put("?prune=!none", read.etag(), read.body().toString());
        assertThat(back.status()).isEqualTo(200);
        assertThat(results(back))
                .containsExactly("unchanged certificate shop", "unchanged pool p", "unchanged route r");
        assertThat(back.body().path("revision").asInt()).isEqualTo(1);

        JsonNode other = certificate.deepCopy();
        TestCertificates.Issued others = TestCertificates.authority().issue("shop.example.com");
        ((ObjectNode) other.path("spec")).put("chain", others.chain()).remove("privateKey");
        assertThat(put("", "*", document(other.toString())).violations())
                .singleElement()
                .asString()
                .startsWith("resources[0].spec.privateKey: (hidden)");
    }

    @Test
    void prunesWhatFitsTheSelectorAndIsLeftOut() {
        put("", "*", document(pool("p", 1), pool("q", 1), route("r", "p")));

        Answer dry = put("?prune=team=a&dryRun=true", "*", document(pool("p", 1)));
        assertThat(dry.body().at("/diff/resources/0/change").asText()).isEqualTo("delete");
        assertThat(api.get("/api/v1/pools/q").status()).isEqualTo(200);

        Answer pruned = put("?prune=team=a", "*", document(pool("p", 1)));
        assertThat(results(pruned)).containsExactly("unchanged pool p", "deleted pool q");
        assertThat(api.get("/api/v1/routes/r").status()).isEqualTo(200);

        Answer referred = put("?prune=team=a", "*", document());
        assertThat(referred.status()).isEqualTo(409);
        assertThat(referred.body().at("/referrers/0/name").asText()).isEqualTo("r");
        assertThat(api.get("/api/v1/pools/p").status()).isEqualTo(200);
    }

    @Test
    void saysWhatItExpects() {
        put("", "*", document(pool("p", 1)));

        assertThat(api.request("PUT", "/api/v1/config")
                        .json(document(pool("p", 2)))
                        .send()
                        .status())
                .isEqualTo(428);
        Answer stale = put("", "\"0\"", document(pool("p", 2)));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.etag()).isEqualTo("\"1\"");
        assertThat(put("", "\"1\"", document(pool("p", 2))).status()).isEqualTo(200);
    }

    @Test
    void namesAllThatIsWrongAndDoesNothing() {
        Answer answer = put(
                "",
                "*",
                document(
                        pool("fine", 1),
                        pool("p", 70_000),
                        route("r", "nowhere"),
                        "{\"kind\":\"pool\",\"name\":\"x\"}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violations())
                .anyMatch(line -> line.startsWith("resources[1].spec.endpoints[0].port: "))
                .anyMatch(line -> line.startsWith("resources[3].spec: "));
        assertThat(put("", "*", document(pool("fine", 1), route("r", "nowhere")))
                        .violations())
                .containsExactly("resources[1].spec.action.forward.pools[0].pool: no pool named nowhere (expected: the"
                        + " name of an existing pool)");
        assertThat(put("", "*", document(pool("fine", 1), pool("fine", 2))).violations())
                .containsExactly("resources[1]: pools/fine again (expected: each resource once)");
        assertThat(put("?prune=a%20b", "*", document()).status()).isEqualTo(400);
        assertThat(api.get("/api/v1/config").body().path("resources")).isEmpty();
    }

    @Test
    void takesAsManyAsAChangeSetCannot() {
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 3000; i++) {
            resources.add(TestApi.json(pool("p" + i, 1)));
        }
        Answer answer = put(
                "",
                "*",
                JsonNodeFactory.instance
                        .objectNode()
                        .set("resources", resources)
                        .toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("revision").asInt()).isEqualTo(1);
    }
}
