package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users get to read for requests that are wrong as such, whatever document they carry: a problem each, and never a 5xx. */
class BadRequestsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
        api.put("/api/v1/pools/there", "{\"spec\":{}}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedHoweverLargeItIs() {
        for (int bytes : List.of(RequestBody.LARGEST + 1, 10 << 20)) {
            String body = "{\"spec\":{\"endpoints\":[" + " ".repeat(bytes - 25) + "]}}";
            Answer answer = api.request("PUT", "/api/v1/pools/large")
                    .header("If-None-Match", "*")
                    .json(body)
                    .send();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        }
        String largest = "{\"spec\":{\"endpoints\":[" + " ".repeat(RequestBody.LARGEST - 25) + "]}}";
        assertThat(largest).hasSize(RequestBody.LARGEST);
        assertThat(api.put("/api/v1/pools/largest", largest).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "text/plain|415",
                "application/x-www-form-urlencoded|415",
                "application/yaml|415",
                "application/json; charset=iso-8859-1|415",
                "application/json; charset=UTF-8|400",
                "APPLICATION/JSON|400",
                "not a type|400",
                "application/merge-patch+json|415"
            })
    void onlyJsonIsTaken(String type, int status) {
        Answer answer = api.request("PUT", "/api/v1/pools/typed")
                .header("If-None-Match", "*")
                .header("Content-Type", type)
                .body("{}")
                .send();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void aCompressedBodyIsNotTaken() {
        Answer answer = api.request("PUT", "/api/v1/pools/typed")
                .header("If-None-Match", "*")
                .header("Content-Encoding", "gzip")
                .json("{\"spec\":{}}")
                .send();
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void aBodyNeedsATypeAndUtf8() {
        assertThat(api.request("PUT", "/api/v1/pools/typed")
                        .header("If-None-Match", "*")
                        .body("{}")
                        .send()
                        .status())
                .isEqualTo(415);
        Answer answer = api.request("PUT", "/api/v1/pools/typed")
                .header("If-None-Match", "*")
                .header("Content-Type", "application/json")
                .body("{\"spec\":{}}".getBytes(StandardCharsets.UTF_16))
                .send();
        assertThat(answer.violations()).containsExactly(": bytes that are not UTF-8 (expected: JSON in UTF-8)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "/api/v1/pools?pagesize=1;query.pagesize: an unknown parameter (expected: pageSize, pageToken, labelSelector)",
                "/api/v1/pools?pageSize=0;query.pageSize: \"0\" (expected: an integer from 1 to 1000)",
                "/api/v1/pools?pageSize=99999999999999999999;query.pageSize: \"99999999999999999999\" (expected: an integer from 1 to 1000)",
                "/api/v1/pools?pageSize=;query.pageSize: \"\" (expected: an integer from 1 to 1000)",
                "/api/v1/pools?pageSize=%D9%A3;query.pageSize: \"\\u0663\" (expected: an integer from 1 to 1000)",
                "/api/v1/pools?pageSize=1&pageSize=2;query.pageSize: 2 values (expected: a parameter that is given once)",
                "/api/v1/pools?pageToken=x;query.pageToken: \"x\" (expected: the nextPageToken of another page of this list)",
                "/api/v1/pools/there?x=1;query.x: an unknown parameter (expected: revision)",
                "/api/v1/revisions?pageToken=cmV2aXNpb25zL3g;query.pageToken: \"x\" (expected: the nextPageToken of another page of this list)",
                "/api/v1/nodes?fleet=x;query.fleet: an unknown parameter (expected: pageSize, pageToken)",
                "/openapi.json?x;query.x: an unknown parameter (expected: no parameters)"
            })
    void wrongParametersAreTold(String path, String violation) {
        Answer answer = api.get(path);
        assertThat(answer.violations()).containsExactly(violation);
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "dryRun=yes;query.dryRun: \"yes\" (expected: true or false)",
                "wait=stored;query.wait: \"stored\" (expected: applied)",
                "wait=applied&timeout=5;query.timeout: \"5\" (expected: a duration up to 60s, as 500ms, 1.5s or 1m)",
                "timeout=61s;query.timeout: \"61s\" (expected: a duration up to 60s, as 500ms, 1.5s or 1m)",
                "timeout=-1s;query.timeout: \"-1s\" (expected: a duration up to 60s, as 500ms, 1.5s or 1m)"
            })
    void wrongOptionsOfAWriteAreTold(String query, String violation) {
        Answer answer = api.request("PUT", "/api/v1/pools/options?" + query)
                .header("If-None-Match", "*")
                .json("{\"spec\":{}}")
                .send();
        assertThat(answer.violations()).containsExactly(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "If-Match;17;header.If-Match: \"17\" (expected: one entity tag in double quotes, or *)",
                "If-Match;\"1\", \"2\";header.If-Match: \"\\\"1\\\", \\\"2\\\"\" (expected: one entity tag in double quotes, or *)",
                "If-None-Match;\"1\";header.If-None-Match: \"\\\"1\\\"\" (expected: *)"
            })
    void wrongPreconditionsAreTold(String header, String value, String violation) {
        Answer answer = api.request("PUT", "/api/v1/pools/there")
                .header(header, value)
                .json("{\"spec\":{}}")
                .send();
        assertThat(answer.violations()).containsExactly(violation);
    }

    @Test
    void contradictingPreconditionsAreTold() {
        assertThat(api.request("PUT", "/api/v1/pools/there")
                        .header("If-Match", "*")
                        .header("If-None-Match", "*")
                        .json("{\"spec\":{}}")
                        .send()
                        .violations())
                .containsExactly("header.If-None-Match: \"*\" (expected: only one of If-Match, If-None-Match)");
        assertThat(api.request("DELETE", "/api/v1/pools/there")
                        .header("If-None-Match", "*")
                        .send()
                        .violations())
                .containsExactly("header.If-None-Match: \"*\" (expected: If-Match in its place)");
    }

    @ParameterizedTest
    @CsvSource({"A", "-a", "a-", "a_b", "a.b", "%C3%BC", "a%00", "a%0A", "a%2Fb", "%E2%84%AA", "..%2fx"})
    void aNameThatCannotBeIsRefused(String name) {
        Answer put = api.request("PUT", "/api/v1/pools/" + name)
                .header("If-None-Match", "*")
                .json("{\"spec\":{}}")
                .send();
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.header("Content-Type")).hasValue("application/problem+json");
        Answer get = api.get("/api/v1/pools/" + name);
        assertThat(get.status()).isIn(400, 404);
        assertThat(get.header("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,404",
        "GET,/api/v1,404",
        "GET,/api/v1/gateways,404",
        "GET,/api/v2/pools,404",
        "GET,/api/v1/pools/a/b,404",
        "POST,/api/v1/pools,405",
        "DELETE,/api/v1/pools,405",
        "POST,/api/v1/pools/there,405",
        "PUT,/api/v1/nodes,405",
        "GET,/api/v1/changesets,405",
        "GET,/api/v1/revisions/1:rollback,405",
        "DELETE,/api/v1/revisions/1:confirm,405",
        "DELETE,/openapi.json,405",
        "TRACE,/api/v1/pools,405",
        "FOO,/api/v1/pools,405"
    })
    void unknownPathsAndMethodsAreProblems(String method, String path, int status) {
        Answer answer = api.request(method, path).json("{}").send();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        if (status == 405) {
            assertThat(answer.header("Allow")).isPresent();
        }
    }
}
