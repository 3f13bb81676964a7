package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many writes in one revision. */
class ChangesetsTest {
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

    @Test
    void aChangesetIsOneRevision() {
        api.put("/api/v1/pools/set-old", "{\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":80}]}}");
        Answer done = api.changeset("""
                {"reason": "swaps the pools ✓", "changes": [
                  {"kind": "route", "name": "set-route", "ifNoneMatch": "*",
                   "spec": {"action": {"forward": {"pools": [{"pool": "set-new"}]}}}},
                  {"kind": "pool", "name": "set-new", "ifNoneMatch": "*", "labels": {"a": "b"}, "spec": {}},
                  {"kind": "pool", "name": "set-old", "ifMatch": "*", "delete": true}]}""");
        assertThat(done.status()).isEqualTo(200);
        long revision = done.body().path("revision").asLong();
        assertThat(done.header("Signalbox-Revision")).hasValue(Long.toString(revision));
        assertThat(done.body().path("changes").findValuesAsText("result"))
                .containsExactly("created", "created", "deleted");
        assertThat(done.body().at("/changes/1/resource/status/published").asBoolean())
                .isTrue();

        JsonNode history = api.get("/api/v1/revisions/" + revision).body();
        assertThat(history.path("author").asText()).isEqualTo(TestApi.AUTHOR);
        assertThat(history.path("reason").asText()).isEqualTo("swaps the pools ✓");
        assertThat(history.path("changes").findValuesAsText("name"))
                .containsExactlyInAnyOrder("set-new", "set-old", "set-route");
        assertThat(history.path("changes").findValuesAsText("result")).containsExactly("created", "deleted", "created");
        assertThat(history.at("/changes/1/before/spec/endpoints/0/address").asText())
                .isEqualTo("10.0.0.1");
    }

    @Test
    void aChangesetTellsOfEachChangeWhatIsWrong() {
        Answer refused = api.changeset("""
                {"changes": [
                  {"kind": "pool", "name": "x", "ifNoneMatch": "*",
                   "spec": {"endpoints": [{"address": "10.0.0.300", "port": 80}]}},
                  {"kind": "pool", "name": "x", "ifMatch": "*", "delete": true},
                  {"kind": "certificate", "name": "c", "ifNoneMatch": "*", "spec": {"chain": "x"}},
                  {"kind": "route", "name": "r", "ifMatch": "1", "ifNoneMatch": "*",
                   "spec": {"action": {"respond": {"status": 200}}}}]}""");
        assertThat(refused.violations())
                .containsExactly(
                        "changes[1]: pools/x again (expected: each resource once)",
                        "changes[2].spec.privateKey: nothing (expected: a private key, as none is stored yet)",
                        "changes[3]: ifMatch, ifNoneMatch (expected: only one of ifMatch, ifNoneMatch)");
        assertThat(api.changeset("""
                {"changes": [
                  {"kind": "pool", "name": "fine", "ifNoneMatch": "*", "spec": {}},
                  {"kind": "pool", "name": "x", "ifNoneMatch": "*",
                   "spec": {"endpoints": [{"address": "10.0.0.300", "port": 80}]}}]}""").violations())
                .containsExactly(
                        "changes[1].spec.endpoints[0].address: \"10.0.0.300\" (expected: an IPv4 or IPv6 address, or a host name)");
        assertThat(api.get("/api/v1/pools/fine").status()).isEqualTo(404);
    }
}
