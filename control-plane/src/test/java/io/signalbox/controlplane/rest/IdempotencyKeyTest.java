package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static String creation(String pool) {
        return "{\"changes\":[{\"kind\":\"pool\",\"name\":\"" + pool + "\",\"ifNoneMatch\":\"*\",\"spec\":{}}]}";
    }

    private static Answer post(TestApi api, String key, String query, String body) {
        return api.request("POST", "/api/v1/changesets" + query)
                .header("Idempotency-Key", key)
                .json(body)
                .send();
    }

    @Test
    void theSameRequestIsAnsweredTheSameAlsoAfterARestart() throws Exception {
        Answer first;
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            first = post(api, "\"same\"", "", creation("same"));
            assertThat(first.status()).isEqualTo(200);
            api.delete("/api/v1/pools/same");
            assertSame(post(api, "\"same\"", "", creation("same")), first);
        }
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            assertSame(post(api, "\"same\"", "", " " + creation("same")), first);
            assertThat(api.get("/api/v1/pools/same").status()).isEqualTo(404);
            Answer waited = post(api, "\"same\"", "?wait=applied", creation("same"));
            assertThat(waited.status()).isEqualTo(200);
            assertThat(waited.body().path("changes")).isEqualTo(first.body().path("changes"));
            assertThat(waited.body().path("applied").asBoolean()).isTrue();
        }
    }

    private static void assertSame(Answer again, Answer first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Signalbox-Revision")).isEqualTo(first.header("Signalbox-Revision"));
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() throws Exception {
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            assertThat(post(api, "\"other\"", "", creation("one")).status()).isEqualTo(200);

            Answer refused = post(api, "\"other\"", "", creation("two"));

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body().path("type").asText()).endsWith(":idempotency-key-reused");
            assertThat(refused.body().path("detail").asText()).contains("\"other\"");
            assertThat(api.get("/api/v1/pools/two").status()).isEqualTo(404);
        }
    }

    @Test
    void aDryRunLeavesTheKeyFree() throws Exception {
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            assertThat(post(api, "\"dry\"", "?dryRun=true", creation("dry"))
                            .body()
                            .path("dryRun")
                            .asBoolean())
                    .isTrue();
            assertThat(post(api, "\"dry\"", "", creation("wet")).status()).isEqualTo(200);
        }
    }

    @Test
    void twoReplicasDoItOnceWhenAskedAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TestApi one = TestApi.start(POSTGRES.database(), directory);
                TestApi two = TestApi.start(POSTGRES.database(), directory)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                TestApi api = i % 2 == 0 ? one : two;
                answers.add(threads.submit(() -> post(api, "\"at once\"", "", creation("once"))));
            }
            HashSet<String> bodies = new HashSet<>();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
                bodies.add(answer.get().response().body());
            }
            assertThat(bodies).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unquoted", "\"\"", "\"a\"b\"", "\"\\a\"", "\"a\";b"})
    void otherFormsOfAKeyAreRefused(String key) throws Exception {
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            Answer answer = post(api, key, "", creation("malformed"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.violations()).singleElement().asString().startsWith("header.Idempotency-Key: ");
        }
    }
}
