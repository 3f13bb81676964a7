package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What was, and back to it. */
final class HistoryTest {
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
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String pool(int port) {
        return "{\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":" + port + "}]}}";
    }

    private static String certificate(TestCertificates.Issued issued) {
        return "{\"spec\":"
                + new com.fasterxml.jackson.databind.json.JsonMapper()
                        .createObjectNode()
                        .put("chain", issued.chain())
                        .put("privateKey", issued.privateKey())
                + "}";
    }

    private static int port(Answer pool) {
        return pool.body().at("/spec/endpoints/0/port").asInt();
    }

    private Answer rollBack(long revision, String ifMatch, String query) {
        return api.request("POST", "/api/v1/revisions/" + revision + ":rollback" + query)
                .header("If-Match", ifMatch)
                .send();
    }

    private JsonNode newest() {
        return api.get("/api/v1/revisions?pageSize=1").body().path("items").path(0);
    }

    @Test
    void aResourceIsReadAsItWasAtAnyRevision() {
        api.put("/api/v1/pools/a", pool(1));
        api.put("/api/v1/pools/b", pool(1));
        api.put("/api/v1/pools/a", pool(2));
        api.delete("/api/v1/pools/a");

        Answer first = api.get("/api/v1/pools/a?revision=2");
        assertThat(first.etag()).isEqualTo("\"1\"");
        assertThat(port(first)).isEqualTo(1);
        assertThat(port(api.get("/api/v1/pools/a?revision=3"))).isEqualTo(2);
        assertThat(api.get("/api/v1/pools/a?revision=4").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/pools/b?revision=1").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/pools/b?revision=5").body().path("detail").asText())
                .contains("no such revision");
        assertThat(api.get("/api/v1/pools/b?revision=first").violations())
                .containsExactly("query.revision: \"first\" (expected: the number of a revision)");
    }

    @Test
    void theWholeConfigIsReadAsItWasWithoutItsKeys() throws Exception {
        TestCertificates.Issued issued = TestCertificates.authority().issue("shop.example.com");
        api.put("/api/v1/certificates/shop", certificate(issued));
        api.put("/api/v1/pools/a", pool(1));
        api.put("/api/v1/pools/a", pool(2));

        Answer then = api.get("/api/v1/revisions/2/config");

        assertThat(then.body().path("revision").asLong()).isEqualTo(2);
        assertThat(then.body().path("resources").findValuesAsText("name")).containsExactly("shop", "a");
        assertThat(then.body().at("/resources/1/spec/endpoints/0/port").asInt()).isEqualTo(1);
        assertThat(then.response().body()).doesNotContain("PRIVATE KEY");
        assertThat(api.get("/api/v1/revisions/4/config").status()).isEqualTo(404);
    }

    @Test
    void aRollbackBringsBackEverythingThePrivateKeyIncluded() throws Exception {
        TestCertificates authority = TestCertificates.authority();
        api.put("/api/v1/certificates/shop", certificate(authority.issue("shop.example.com")));
        api.put("/api/v1/certificates/gone", certificate(authority.issue("gone.example.com")));
        api.put("/api/v1/pools/a", pool(1));
        JsonNode then = api.get("/api/v1/revisions/3/config").body().path("resources");
        api.put("/api/v1/certificates/shop", certificate(authority.issue("shop.example.com")));
        api.delete("/api/v1/certificates/gone");
        api.put("/api/v1/pools/new", pool(3));
        assertThat(newest().path("revision").asLong()).isEqualTo(6);

        Answer rolledBack = rollBack(3, "\"6\"", "");

        assertThat(rolledBack.header("Signalbox-Revision")).hasValue("7");
        assertThat(newest().path("reason").asText()).isEqualTo("Rollback to revision 3");
        JsonNode now = api.get("/api/v1/revisions/7/config").body().path("resources");
        assertThat(now.findValues("spec")).isEqualTo(then.findValues("spec"));
        // A key that does not belong to the chain would be refused: labels alone can be written without sending it.
        assertThat(api.patch("/api/v1/certificates/shop", "{\"labels\":{\"a\":\"b\"}}")
                        .status())
                .isEqualTo(200);
        JsonNode changes = api.get("/api/v1/revisions/7").body().path("changes");
        assertThat(changes.findValuesAsText("name")).containsExactly("gone", "shop", "new");
        assertThat(changes.path(1).path("privateKeyChanged").asBoolean()).isTrue();
    }

    @Test
    void aRollbackSaysWhatItExpects() {
        api.put("/api/v1/pools/a", pool(1));
        api.put("/api/v1/pools/a", pool(2));

        assertThat(api.request("POST", "/api/v1/revisions/1:rollback").send().status())
                .isEqualTo(428);
        Answer stale = rollBack(1, "\"1\"", "");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.etag()).isEqualTo("\"2\"");
        assertThat(rollBack(9, "*", "").status()).isEqualTo(404);

        Answer dryRun = rollBack(1, "*", "?dryRun=true");
        assertThat(dryRun.body().path("dryRun").asBoolean()).isTrue();
        assertThat(newest().path("revision").asLong()).isEqualTo(2);

        Answer applied = rollBack(1, "*", "?wait=applied&timeout=1s");
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.body().path("applied").asBoolean()).isTrue();
        assertThat(applied.body().path("revision").asLong()).isEqualTo(3);
        assertThat(port(api.get("/api/v1/pools/a"))).isEqualTo(1);

        Answer again = rollBack(1, "*", "");
        assertThat(again.body().path("revision").asLong()).isEqualTo(3);
        assertThat(again.body().path("changes")).isEmpty();
    }

    @Test
    void revisionsAreListedInPages() {
        for (int i = 1; i <= 5; i++) {
            api.put("/api/v1/pools/a", pool(i));
        }
        List<Long> seen = new ArrayList<>();
        String page = "?pageSize=2";
        while (!page.isEmpty()) {
            JsonNode list = api.get("/api/v1/revisions" + page).body();
            list.path("items").forEach(item -> seen.add(item.path("revision").asLong()));
            page = list.has("nextPageToken")
                    ? "?pageSize=2&pageToken=" + list.path("nextPageToken").asText()
                    : "";
        }
        assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void aRouteThatIsToExpireIsCheckedAndShownInUtc() {
        String route = "{\"spec\":{\"expiresAt\":\"%s\",\"action\":{\"respond\":{\"status\":200}}}}";

        Answer past = api.put("/api/v1/routes/r", route.formatted("2020-01-01T00:00:00Z"));
        assertThat(past.status()).isBetween(400, 422);
        assertThat(past.violations())
                .containsExactly("spec.expiresAt: \"2020-01-01T00:00:00Z\" (expected: a time to come)");
        assertThat(api.put("/api/v1/routes/r", route.formatted("tomorrow")).violations())
                .containsExactly("spec.expiresAt: \"tomorrow\" (expected: a time such as 2026-12-24T18:00:00Z)");
        Answer later = api.put("/api/v1/routes/r", route.formatted("2999-02-29T01:00:00.5+02:00"));
        assertThat(later.body().at("/spec/expiresAt").asText()).isEqualTo("2999-02-27T23:00:00.500Z");
    }
}
