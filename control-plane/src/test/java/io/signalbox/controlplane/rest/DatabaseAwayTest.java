package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.local.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayTest {
    @TempDir
    static Path directory;

    @Test
    void readsOfTheConfigGoOnAndWritesSayWhenToTryAgain() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);
                TestApi api = TestApi.start(
                        new DatabaseAddress(database.jdbcUrl(), database.user(), database.password()), directory)) {
            Answer written = api.put("/api/v1/pools/there", "{\"spec\":{}}");
            assertThat(written.status()).isEqualTo(201);

            database.stop();
            assertThat(api.get("/api/v1/pools/there").etag()).isEqualTo(written.etag());
            for (Answer refused : new Answer[] {
                api.put("/api/v1/pools/new", "{\"spec\":{}}"),
                api.put("/api/v1/pools/there", "{\"labels\":{\"a\":\"b\"},\"spec\":{}}"),
                api.patch("/api/v1/pools/there", "{\"labels\":{\"a\":\"b\"}}"),
                api.delete("/api/v1/pools/there"),
                api.changeset("{\"changes\":[{\"kind\":\"pool\",\"name\":\"x\",\"ifNoneMatch\":\"*\",\"spec\":{}}]}"),
                api.get("/api/v1/revisions"),
                api.get("/api/v1/revisions/1")
            }) {
                assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).hasValue("1");
                assertThat(refused.body().path("type").asText()).isEqualTo("urn:signalbox:problem:unavailable");
            }

            database.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.put("/api/v1/pools/new", "{\"spec\":{}}").status() == 201);
        }
    }
}
