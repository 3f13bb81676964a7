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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String pool(String endpoint) {
        return "{\"spec\":{\"endpoints\":[{\"address\":\"" + endpoint + "\",\"port\":80}]}}";
    }

    private static String route(String pool) {
        return "{\"spec\":{\"action\":{\"forward\":{\"pools\":[{\"pool\":\"" + pool + "\"}]}}}}";
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items").forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    @Test
    void whatIsWrittenIsReadBackInCanonicalForm() {
        Answer created = api.request("PUT", "/api/v1/pools/read-back")
                .header("If-None-Match", "*")
                .json(pool("10.0.0.1"))
                .send();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location").orElseThrow()).endsWith("/api/v1/pools/read-back");
        assertThat(created.header("Signalbox-Revision"))
                .hasValue(created.body().path("revision").asText());
        assertThat(created.etag())
                .isEqualTo("\"" + created.body().path("revision").asText() + "\"");

        Answer read = api.get("/api/v1/pools/read-back");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.etag()).isEqualTo(created.etag());
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(read.body().path("spec"))
                .isEqualTo(
                        TestApi.json(
                                "{\"loadBalancing\":{\"roundRobin\":{}},\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":80,\"weight\":1}]}"));
        assertThat(read.body().path("status")).isEqualTo(TestApi.json("{\"published\":false}"));
        assertThat(read.body().has("labels")).isFalse();
    }

    @Test
    void whatWasReadCanBeWrittenBackAndChangesNothing() {
        Answer created = api.put("/api/v1/pools/put-back", pool("10.0.0.1"));
        Answer again = api.request("PUT", "/api/v1/pools/put-back")
                .header("If-Match", created.etag())
                .json(created.body().toString())
                .send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.etag()).isEqualTo(created.etag());
        assertThat(again.body()).isEqualTo(created.body());
    }

    @Test
    void aWriteMustSayWhatItExpects() {
        Answer none = api.request("PUT", "/api/v1/pools/expects")
                .json(pool("10.0.0.1"))
                .send();
        assertThat(none.status()).isEqualTo(428);
        assertThat(none.header("Content-Type")).hasValue("application/problem+json");
        assertThat(api.request("DELETE", "/api/v1/pools/expects").send().status())
                .isEqualTo(428);
        assertThat(api.request("PATCH", "/api/v1/pools/expects")
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(428);
        assertThat(api.changeset("{\"changes\":[{\"kind\":\"pool\",\"name\":\"expects\",\"spec\":{}}]}")
                        .status())
                .isEqualTo(428);
    }

    @Test
    void whatIsNotAsExpectedIsNotWritten() {
        String path = "/api/v1/pools/guarded";
        assertThat(api.request("PUT", path)
                        .header("If-Match", "*")
                        .json(pool("10.0.0.1"))
                        .send()
                        .status())
                .isEqualTo(412);
        Answer first = api.put(path, pool("10.0.0.1"));
        Answer second = api.request("PUT", path)
                .header("If-Match", first.etag())
                .json(pool("10.0.0.2"))
                .send();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.etag()).isNotEqualTo(first.etag());

        for (String stale : List.of(first.etag(), "\"no-such-tag\"", "W/" + second.etag())) {
            Answer refused = api.request("PUT", path)
                    .header("If-Match", stale)
                    .json(pool("10.0.0.3"))
                    .send();
            assertThat(refused.status()).as(stale).isEqualTo(412);
            assertThat(refused.etag()).isEqualTo(second.etag());
            assertThat(refused.body().at("/failures/0/found").asText()).isEqualTo(second.etag());
        }
        assertThat(api.request("PUT", path)
                        .header("If-None-Match", "*")
                        .json(pool("10.0.0.3"))
                        .send()
                        .status())
                .isEqualTo(412);
        assertThat(api.request("PATCH", path)
                        .header("If-Match", first.etag())
                        .json("{\"spec\":{}}")
                        .send()
                        .status())
                .isEqualTo(412);
        assertThat(api.request("DELETE", path)
                        .header("If-Match", first.etag())
                        .send()
                        .status())
                .isEqualTo(412);
        assertThat(api.get(path).etag()).isEqualTo(second.etag());
    }

    @Test
    void aReaderThatHasItGetsNothingAgain() {
        String path = "/api/v1/pools/cached";
        Answer read = api.put(path, pool("10.0.0.1"));
        for (String has : List.of(read.etag(), "*", "W/" + read.etag(), "\"0\", " + read.etag())) {
            Answer unchanged =
                    api.request("GET", path).header("If-None-Match", has).send();
            assertThat(unchanged.status()).as(has).isEqualTo(304);
            assertThat(unchanged.etag()).isEqualTo(read.etag());
        }
        assertThat(api.request("GET", path)
                        .header("If-None-Match", "\"0\"")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEntityTagIsTheSameForEveryReader() {
        String path = "/api/v1/pools/compressible";
        Answer read = api.put(
                path,
                "{\"labels\":{\"a\":\"" + "x".repeat(63) + "\",\"b\":\"" + "x".repeat(63) + "\",\"c\":\""
                        + "x".repeat(63) + "\"},\"spec\":{}}");
        assertThat(api.request("GET", path)
                        .header("Accept-Encoding", "gzip")
                        .send()
                        .etag())
                .isEqualTo(read.etag());
    }

    @Test
    void aMergePatchChangesWhatItNames() {
        String path = "/api/v1/pools/patched";
        api.put(
                path,
                "{\"labels\":{\"team\":\"a\",\"stage\":\"b\"},\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":80}]}}");
        Answer patched = api.patch(
                path,
                "{\"labels\":{\"team\":null,\"owner\":\"c\"},\"revision\":99,\"spec\":{\"loadBalancing\":{\"roundRobin\":null,\"leastRequest\":{}}}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().path("labels")).isEqualTo(TestApi.json("{\"owner\":\"c\",\"stage\":\"b\"}"));
        assertThat(patched.body().path("spec").path("loadBalancing")).isEqualTo(TestApi.json("{\"leastRequest\":{}}"));
        assertThat(patched.body().at("/spec/endpoints/0/port").asInt()).isEqualTo(80);

        assertThat(api.patch(path, "{\"labels\":null}").body().has("labels")).isFalse();
        assertThat(api.patch(path, "{}").etag()).isEqualTo(api.get(path).etag());
        assertThat(api.patch(path, "{\"spec\":{\"endpoints\":[null]}}").violations())
                .containsExactly(
                        "spec.endpoints[0]: null (expected: an object with address, port, weight, priority, drain, locality, labels)");
        assertThat(api.patch("/api/v1/pools/nobody", "{}").status()).isEqualTo(404);
    }

    @Test
    void patchesForWhateverIsThereLoseNothingOfEachOther() throws Exception {
        String path = "/api/v1/pools/patched-by-many";
        api.put(path, "{\"spec\":{}}");
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String patch = "{\"labels\":{\"writer-" + i + "\":\"was-here\"}}";
                statuses.add(threads.submit(() -> api.patch(path, patch).status()));
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(api.get(path).body().path("labels")).hasSize(writers);
    }

    @Test
    void labelsThatAreLeftOutStay() {
        String path = "/api/v1/pools/labelled";
        api.put(path, "{\"labels\":{\"team\":\"a\"},\"spec\":{}}");
        assertThat(api.put(path, pool("10.0.0.9")).body().path("labels")).isEqualTo(TestApi.json("{\"team\":\"a\"}"));
        assertThat(api.put(path, "{\"labels\":{},\"spec\":{}}").body().has("labels"))
                .isFalse();
    }

    @Test
    void whatIsReferredToCannotBeDeleted() {
        api.put("/api/v1/pools/needed", pool("10.0.0.1"));
        api.put("/api/v1/routes/needing", route("needed"));
        assertThat(api.get("/api/v1/pools/needed")
                        .body()
                        .at("/status/published")
                        .asBoolean())
                .isTrue();
        Answer refused = api.delete("/api/v1/pools/needed");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("referrers"))
                .isEqualTo(
                        TestApi.json(
                                "[{\"kind\":\"route\",\"name\":\"needing\",\"field\":\"spec.action.forward.pools[0].pool\",\"target\":{\"kind\":\"pool\",\"name\":\"needed\"}}]"));
        assertThat(api.delete("/api/v1/routes/needing").status()).isEqualTo(204);
        Answer deleted = api.delete("/api/v1/pools/needed");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("Signalbox-Revision")).isPresent();
        assertThat(api.delete("/api/v1/pools/needed").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/pools/needed").status()).isEqualTo(404);
    }

    @Test
    void listsComeInPagesAndBySelector() {
        for (int i = 0; i < 5; i++) {
            api.put(
                    "/api/v1/listeners/paged-" + i,
                    "{\"labels\":{\"test\":\"paging\",\"odd\":\"" + i % 2
                            + "\"},\"spec\":{\"address\":\"127.0.0.1\",\"port\":" + (20_000 + i) + ",\"http\":{}}}");
        }
        String list = "/api/v1/listeners?labelSelector=test%3Dpaging&pageSize=2";
        JsonNode first = api.get(list).body();
        assertThat(names(first)).containsExactly("paged-0", "paged-1");
        api.delete("/api/v1/listeners/paged-1"); // the next page starts where this one ended all the same
        JsonNode second = api.get(
                        list + "&pageToken=" + first.path("nextPageToken").asText())
                .body();
        assertThat(names(second)).containsExactly("paged-2", "paged-3");
        JsonNode third = api.get(
                        list + "&pageToken=" + second.path("nextPageToken").asText())
                .body();
        assertThat(names(third)).containsExactly("paged-4");
        assertThat(third.has("nextPageToken")).isFalse();

        assertThat(names(api.get("/api/v1/listeners?labelSelector=test,odd!=1").body()))
                .containsExactly("paged-0", "paged-2", "paged-4");
        assertThat(names(api.get("/api/v1/listeners?labelSelector=test,!odd").body()))
                .isEmpty();
        assertThat(api.get("/api/v1/listeners?labelSelector=a%3Db%3Dc").violations())
                .hasSize(1);
        assertThat(api.get("/api/v1/pools?pageToken="
                                + first.path("nextPageToken").asText())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aDryRunStoresNothing() {
        long before = api.get("/api/v1/revisions?pageSize=1")
                .body()
                .at("/items/0/revision")
                .asLong();
        Answer dry = api.request("PUT", "/api/v1/pools/dry?dryRun=true")
                .header("If-None-Match", "*")
                .json(pool("10.0.0.1"))
                .send();
        assertThat(dry.status()).isEqualTo(201);
        assertThat(dry.body().path("dryRun").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/pools/dry").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/revisions?pageSize=1")
                        .body()
                        .at("/items/0/revision")
                        .asLong())
                .isEqualTo(before);
        assertThat(api.request("PUT", "/api/v1/routes/dry?dryRun=true")
                        .header("If-None-Match", "*")
                        .json(route("no-such-pool"))
                        .send()
                        .violations())
                .containsExactly(
                        "spec.action.forward.pools[0].pool: no pool named no-such-pool (expected: the name of an existing pool)");
    }

    @Test
    void withoutConnectedNodesEveryChangeIsAppliedAtOnce() {
        Answer applied = api.request("PUT", "/api/v1/pools/waited?wait=applied&timeout=20s")
                .header("If-None-Match", "*")
                .json(pool("10.0.0.1"))
                .send();
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.body().path("applied").asBoolean()).isTrue();
        assertThat(applied.body().path("propagation"))
                .isEqualTo(TestApi.json("{\"revision\":" + applied.body().path("revision")
                        + ",\"applied\":true,\"waiting\":[],\"refused\":[],\"withheld\":[]}"));
        Answer deleted = api.request("DELETE", "/api/v1/pools/waited?wait=applied")
                .header("If-Match", "*")
                .send();
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body().path("applied").asBoolean()).isTrue();
        assertThat(deleted.header("Signalbox-Revision"))
                .hasValue(deleted.body().path("revision").asText());
    }

    @Test
    void theReasonOfAWriteIsInTheHistory() {
        Answer written = api.request("PUT", "/api/v1/pools/reasoned")
                .header("If-None-Match", "*")
                .header("Signalbox-Reason", "needed for tests")
                .json("{\"spec\":{}}")
                .send();
        JsonNode newest = api.get("/api/v1/revisions?pageSize=1").body();
        assertThat(newest.at("/items/0/revision").asLong())
                .isEqualTo(written.body().path("revision").asLong());
        assertThat(newest.at("/items/0/reason").asText()).isEqualTo("needed for tests");
        JsonNode next = api.get("/api/v1/revisions?pageSize=1&pageToken="
                        + newest.path("nextPageToken").asText())
                .body();
        assertThat(next.at("/items/0/revision").asLong())
                .isEqualTo(newest.at("/items/0/revision").asLong() - 1);
        assertThat(api.get("/api/v1/revisions/999999").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/revisions/x").status()).isEqualTo(404);
    }

    @Test
    void aPrivateKeyNeverComesBackAndStaysWhenLeftOut() {
        TestCertificates authority = TestCertificates.authority();
        TestCertificates.Issued issued = authority.issue("shop.example.com");
        String path = "/api/v1/certificates/kept";
        Answer created = api.put(path, certificate(issued.chain(), issued.privateKey()));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.toString()).doesNotContain("PRIVATE KEY");
        assertThat(created.body().at("/status/dnsNames")).isEqualTo(TestApi.json("[\"shop.example.com\"]"));
        assertThat(created.body().at("/status/sha256").asText()).hasSize(64);

        Answer read = api.get(path);
        assertThat(api.put(path, read.body().toString()).etag()).isEqualTo(read.etag());
        assertThat(api.patch(path, "{\"labels\":{\"a\":\"b\"}}").status()).isEqualTo(200);

        TestCertificates.Issued other = authority.issue("other.example.com");
        assertThat(api.patch(path, "{\"spec\":" + certificateSpec(other.chain(), "") + "}")
                        .violations())
                .containsExactly(
                        "spec.privateKey: (hidden) (expected: the private key of the leaf certificate in spec.chain)");
        Answer rotated = api.put(path, certificate(other.chain(), other.privateKey()));
        assertThat(rotated.status()).isEqualTo(200);

        JsonNode revision = api.get(
                        "/api/v1/revisions/" + rotated.body().path("revision").asLong())
                .body();
        assertThat(revision.at("/changes/0/privateKeyChanged").asBoolean()).isTrue();
        assertThat(revision.toString()).doesNotContain("PRIVATE KEY");
        assertThat(api.put("/api/v1/certificates/keyless", certificate(other.chain(), ""))
                        .violations())
                .containsExactly("spec.privateKey: nothing (expected: a private key, as none is stored yet)");
    }

    private static String certificate(String chain, String key) {
        return "{\"spec\":" + certificateSpec(chain, key) + "}";
    }

    private static String certificateSpec(String chain, String key) {
        String quoted = "{\"chain\":" + com.fasterxml.jackson.databind.node.TextNode.valueOf(chain);
        return key.isEmpty()
                ? quoted + "}"
                : quoted + ",\"privateKey\":" + com.fasterxml.jackson.databind.node.TextNode.valueOf(key) + "}";
    }

    @Test
    void nodesAreAList() {
        assertThat(api.get("/api/v1/nodes").body()).isEqualTo(TestApi.json("{\"items\":[]}"));
    }

    @Test
    void onlyTheDocumentIsForEverybody() {
        for (String path : List.of(
                "/api/v1/pools", "/api/v1/pools/x", "/api/v1/nodes", "/api/v1/revisions", "/api/v1/revisions/1")) {
            Answer refused = api.anonymous("GET", path).send();
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer realm=\"signalbox\"");
            assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
        }
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertThat(api.anonymous(method, "/api/v1/pools/x")
                            .json("{}")
                            .send()
                            .status())
                    .isEqualTo(401);
        }
        assertThat(api.anonymous("POST", "/api/v1/changesets").json("{}").send().status())
                .isEqualTo(401);
        for (String wrong :
                List.of("Bearer wrong", "Bearer", "Basic dGVzdA==", TestApi.TOKEN, "Bearer " + TestApi.TOKEN + "x")) {
            assertThat(api.anonymous("GET", "/api/v1/pools")
                            .header("Authorization", wrong)
                            .send()
                            .status())
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(api.anonymous("GET", "/api/v1/pools?access_token=" + TestApi.TOKEN)
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(api.anonymous("GET", "/openapi.json")
                        .send()
                        .body()
                        .path("openapi")
                        .asText())
                .isEqualTo("3.1.0");
        assertThat(api.anonymous("GET", "/openapi.yaml").send().response().body())
                .startsWith("openapi: 3.1.0");
    }
}
