package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.local.TestCertificates;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A dry run answers as the real write does, says what would change, and leaves nothing behind. */
class DryRunTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
        api.put("/api/v1/listeners/edge", "{\"spec\":{\"address\":\"127.0.0.1\",\"port\":8080,\"http\":{}}}");
        api.put("/api/v1/pools/shop", pool(8081));
        api.put("/api/v1/routes/shop", route("/shop", "shop"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String pool(int port) {
        return "{\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":" + port + "}]}}";
    }

    private static String route(String prefix, String pool) {
        return "{\"spec\":{\"match\":{\"path\":{\"prefix\":\"" + prefix
                + "\"}},\"action\":{\"forward\":{\"pools\":[{\"pool\":\"" + pool + "\"}]}}}}";
    }

    /** The dry run, between two looks at what is stored. */
    private static Answer dryRun(TestApi.Request request) {
        String before = api.get("/api/v1/revisions").body().toString();
        Answer answer = request.send();
        assertThat(api.get("/api/v1/revisions").body().toString()).isEqualTo(before);
        return answer;
    }

    private static List<String> envoy(Answer answer) {
        List<String> lines = new ArrayList<>();
        long bytes = 0;
        JsonNode envoy = answer.body().at("/diff/envoy");
        for (JsonNode change : envoy.path("resources")) {
            lines.add(change.path("change").asText() + " " + change.path("type").asText() + "/"
                    + change.path("name").asText());
            boolean removed = change.path("change").asText().equals("remove");
            assertThat(change.path("bytes").asLong() > 0).isEqualTo(!removed);
            bytes += change.path("bytes").asLong();
        }
        assertThat(envoy.path("bytes").asLong()).isEqualTo(bytes);
        return lines;
    }

    private static List<String> drains(Answer answer) {
        List<String> names = new ArrayList<>();
        answer.body().at("/diff/envoy/drains").forEach(name -> names.add(name.asText()));
        return names;
    }

    @Test
    void ofARouteNamesTheRouteTableAndDrainsNothing() {
        Answer answer = dryRun(api.request("PUT", "/api/v1/routes/shop?dryRun=true")
                .header("If-Match", "*")
                .json(route("/shop2", "shop")));

        assertThat(answer.status()).isEqualTo(200);
        JsonNode change = answer.body().at("/diff/resources/0");
        assertThat(change.path("change").asText()).isEqualTo("update");
        assertThat(change.at("/before/spec/match/path/prefix").asText()).isEqualTo("/shop");
        assertThat(change.at("/after/spec/match/path/prefix").asText()).isEqualTo("/shop2");
        assertThat(envoy(answer)).containsExactly("update routes/edge");
        assertThat(drains(answer)).isEmpty();
    }

    @Test
    void ofAListenerSaysThatItDrains() {
        Answer changed = dryRun(api.request("PATCH", "/api/v1/listeners/edge?dryRun=true")
                .header("If-Match", "*")
                .header("Content-Type", "application/merge-patch+json")
                .body("{\"spec\":{\"port\":9090}}"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(envoy(changed)).containsExactly("update listeners/edge");
        assertThat(drains(changed)).containsExactly("edge");

        Answer added = dryRun(api.request("PUT", "/api/v1/listeners/second?dryRun=true")
                .header("If-None-Match", "*")
                .json("{\"spec\":{\"address\":\"127.0.0.1\",\"port\":9091,\"http\":{}}}"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(envoy(added)).containsExactly("add listeners/second", "add routes/second");
        assertThat(drains(added)).isEmpty();
    }

    @Test
    void ofADeletionIsSilentUnlessAskedToTell() {
        Answer silent = dryRun(
                api.request("DELETE", "/api/v1/listeners/edge?dryRun=true").header("If-Match", "*"));
        assertThat(silent.status()).isEqualTo(204);

        Answer telling = dryRun(api.request("DELETE", "/api/v1/listeners/edge?dryRun=true")
                .header("If-Match", "*")
                .header("Prefer", "respond-async, return=representation"));
        assertThat(telling.status()).isEqualTo(200);
        assertThat(telling.header("Preference-Applied")).contains("return=representation");
        assertThat(telling.body().at("/diff/resources/0/change").asText()).isEqualTo("delete");
        assertThat(envoy(telling)).containsExactly("remove listeners/edge", "remove routes/edge");
        assertThat(drains(telling)).containsExactly("edge");
    }

    @Test
    void ofWhatIsThereAlreadyChangesNothing() {
        Answer answer = dryRun(api.request("PUT", "/api/v1/pools/shop?dryRun=true")
                .header("If-Match", "*")
                .json(pool(8081)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/diff/resources")).isEmpty();
        assertThat(envoy(answer)).isEmpty();
    }

    @Test
    void refusesAsTheRealWriteDoes() {
        assertThat(dryRun(api.request("DELETE", "/api/v1/pools/shop?dryRun=true")
                                .header("If-Match", "*"))
                        .status())
                .isEqualTo(409);
        assertThat(dryRun(api.request("PUT", "/api/v1/routes/r?dryRun=true")
                                .header("If-None-Match", "*")
                                .json(route("/r", "nowhere")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void showsNoPrivateKey() {
        TestCertificates.Issued issued = TestCertificates.authority().issue("shop.example.com");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("chain", issued.chain()).put("privateKey", issued.privateKey());
        Answer answer = dryRun(api.request("PUT", "/api/v1/certificates/shop?dryRun=true")
                .header("If-None-Match", "*")
                .json(body.toString()));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().at("/diff/resources/0/after/spec/chain").asText())
                .contains("BEGIN CERTIFICATE");
        assertThat(answer.body().toString()).doesNotContain("PRIVATE KEY");
    }
}
