package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.app.ControlPlaneConfig;
import io.signalbox.controlplane.authentication.MockIssuer;
import io.signalbox.controlplane.authentication.OidcConfig;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.RequestLimits.Rate;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What roles, scopes, tokens and limits come to, seen through the API. */
class WhoMayTest {
    private static final String ROUTE = "{\"hosts\":[\"%s\"],\"action\":{\"forward\":{\"pools\":["
            + "{\"pool\":\"v1\",\"weight\":%d},{\"pool\":\"v2\",\"weight\":%d}]}}}";

    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
        api.put("/api/v1/pools/v1", "{\"spec\":{}}");
        api.put("/api/v1/pools/v2", "{\"spec\":{}}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void operatorsShiftTrafficAndNothingElse() {
        String operator = api.token("ops", "{\"role\":\"operator\"}");
        api.put("/api/v1/routes/shift", "{\"spec\":" + ROUTE.formatted("shift.test", 95, 5) + "}");

        assertThat(patch(operator, "pools/v1", "{\"spec\":{\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":80}]}}"))
                .isEqualTo(200);
        assertThat(patch(operator, "pools/v1", "{\"spec\":{\"endpoints\":[]}}")).isEqualTo(200);
        assertThat(patch(
                        operator,
                        "pools/v1",
                        "{\"spec\":{\"loadBalancing\":{\"roundRobin\":null,\"leastRequest\":{}}}}"))
                .isEqualTo(403);
        assertThat(patch(operator, "pools/v1", "{\"labels\":{\"a\":\"b\"}}")).isEqualTo(403);
        assertThat(put(operator, "routes/shift", "{\"spec\":" + ROUTE.formatted("shift.test", 50, 50) + "}"))
                .isEqualTo(200);
        assertThat(put(operator, "routes/shift", "{\"spec\":" + ROUTE.formatted("other.test", 50, 50) + "}"))
                .isEqualTo(403);
        assertThat(patch(
                        operator,
                        "routes/shift",
                        "{\"spec\":{\"action\":{\"forward\":{\"pools\":[{\"pool\":\"v1\",\"weight\":1}]}}}}"))
                .isEqualTo(403);
        assertThat(delete(operator, "pools/v1")).isEqualTo(403);
    }

    @Test
    void aTeamTakesNothingAndGivesNothingAway() {
        String team = api.token("team", "{\"role\":\"editor\",\"scope\":" + AccessRows.SCOPE + "}");
        String other = "{\"labels\":{\"team\":\"web\"},\"spec\":" + ROUTE.formatted("www.test", 1, 1) + "}";
        String mine = "{\"labels\":{\"team\":\"pay\"},\"spec\":" + ROUTE.formatted("a.pay.test", 1, 1) + "}";
        api.put("/api/v1/routes/theirs", other);
        api.put("/api/v1/routes/mine", mine);

        assertThat(put(team, "routes/theirs", mine)).isEqualTo(403);
        assertThat(put(team, "routes/mine", other)).isEqualTo(403);
        assertThat(put(team, "routes/theirs", other)).as("changes nothing").isEqualTo(200);
        assertThat(put(team, "routes/mine", mine.replace("a.pay.test", "*.pay.test")))
                .isEqualTo(200);
        for (String host : new String[] {"*.test", "*", "pay.*", "evilpay.test"}) {
            Answer refused = api.as(team, "PUT", "/api/v1/routes/mine")
                    .header("If-Match", "*")
                    .json(mine.replace("a.pay.test", host))
                    .send();
            assertThat(refused.status()).as(host).isEqualTo(403);
            assertThat(refused.body().at("/denials/0"))
                    .isEqualTo(TestApi.json("{\"kind\":\"route\",\"name\":\"mine\",\"needed\":"
                            + "\"something within the scope: labels team=pay, hosts under pay.test\",\"found\":\"the host "
                            + host + "\"}"));
        }
        Answer mixed = api.as(team, "POST", "/api/v1/changesets")
                .json("{\"changes\":[{\"kind\":\"route\",\"name\":\"mine\",\"ifMatch\":\"*\",\"delete\":true},"
                        + "{\"kind\":\"route\",\"name\":\"theirs\",\"ifMatch\":\"*\",\"delete\":true}]}")
                .send();
        assertThat(mixed.status()).isEqualTo(403);
        assertThat(mixed.body().path("denials")).hasSize(1);
        assertThat(api.get("/api/v1/routes/mine").status()).as("all or nothing").isEqualTo(200);
        assertThat(delete(team, "routes/mine")).isEqualTo(204);
        assertThat(newest().path("author").asText()).isEqualTo("team");
    }

    @Test
    void tokensAreMadeSeenAndRevoked() {
        Answer made = api.request("PUT", "/api/v1/tokens/life")
                .header("If-None-Match", "*")
                .header("Signalbox-Reason", "a new job")
                .json("{\"spec\":{\"role\":\"viewer\",\"expiresAt\":\"2100-01-01T00:00:00+01:00\"}}")
                .send();
        assertThat(made.status()).isEqualTo(201);
        String secret = made.body().path("secret").asText();
        assertThat(secret).matches("sbx_[A-Za-z0-9_-]{43}");
        assertThat(made.header("Cache-Control")).hasValue("no-store");
        assertThat(api.as(secret, "GET", "/api/v1/pools").send().status()).isEqualTo(200);

        Answer read = api.get("/api/v1/tokens/life");
        assertThat(read.etag()).isEqualTo(made.etag());
        assertThat(read.body().path("spec"))
                .isEqualTo(TestApi.json("{\"role\":\"viewer\",\"expiresAt\":\"2099-12-31T23:00:00Z\"}"));
        assertThat(read.body().path("createdBy").asText()).isEqualTo(TestApi.AUTHOR);
        assertThat(read.body().has("secret")).isFalse();
        assertThat(create("life", "*", "{\"role\":\"viewer\"}").status()).isEqualTo(412);

        Answer stale = api.request("DELETE", "/api/v1/tokens/life")
                .header("If-Match", "\"999\"")
                .send();
        assertThat(stale.status()).isEqualTo(412);
        assertThat(api.delete("/api/v1/tokens/life").status()).isEqualTo(204);
        assertThat(api.as(secret, "GET", "/api/v1/pools").send().status()).isEqualTo(401);
        assertThat(api.delete("/api/v1/tokens/life").status()).isEqualTo(404);

        JsonNode events = api.get("/api/v1/token-events").body().path("items");
        assertThat(events.findValuesAsText("name")).contains("life");
        JsonNode revoked = first(events, "life", "revoked");
        assertThat(revoked.path("author").asText()).isEqualTo(TestApi.AUTHOR);
        assertThat(first(events, "life", "created").path("reason").asText()).isEqualTo("a new job");
        assertThat(api.get("/api/v1/token-events?pageSize=1").body().path("items"))
                .hasSize(1);
    }

    @Test
    void badTokensAreRefusedWithAllThatIsWrong() {
        assertThat(create("bad", "*", "{\"role\":\"boss\",\"expiresAt\":\"soon\",\"scope\":{\"hostSuffix\":\"*.a\"}}")
                        .violations())
                .containsExactly(
                        "spec.role: \"boss\" (expected: one of viewer, operator, editor, admin)",
                        "spec.scope.hostSuffix: \"*.a\" (expected: a domain such as pay.example.com)",
                        "spec.expiresAt: \"soon\" (expected: a time such as 2027-01-31T12:00:00Z)");
        assertThat(create("bad", "*", "{\"role\":\"admin\",\"scope\":{\"hostSuffix\":\"a.b\"}}")
                        .violations())
                .containsExactly("spec.scope: a scope of a token with role admin (expected: none; only operators and"
                        + " editors have one)");
        assertThat(create("bad", "*", "{\"role\":\"editor\",\"scope\":{}}").status())
                .isEqualTo(400);
        assertThat(create(TestApi.AUTHOR, "*", "{\"role\":\"viewer\"}").status())
                .isEqualTo(409);
        assertThat(create("signalbox", "*", "{\"role\":\"viewer\"}").status()).isEqualTo(409);
        assertThat(create("Bad", "*", "{\"role\":\"viewer\"}").status()).isEqualTo(400);
        assertThat(api.request("PUT", "/api/v1/tokens/bad")
                        .json("{\"spec\":{\"role\":\"viewer\"}}")
                        .send()
                        .status())
                .isEqualTo(428);
        assertThat(api.request("PUT", "/api/v1/tokens/bad")
                        .header("If-Match", "*")
                        .json("{\"spec\":{\"role\":\"viewer\"}}")
                        .send()
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/tokens/bad").status()).isEqualTo(404);
    }

    @Test
    void otherReplicasLearnOfTokensWithinMoments() throws Exception {
        try (TestApi other = TestApi.start(POSTGRES.database(), directory)) {
            String secret = api.token("roaming", "{\"role\":\"viewer\"}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> other.as(secret, "GET", "/api/v1/pools").send().status() == 200);
            assertThat(api.delete("/api/v1/tokens/roaming").status()).isEqualTo(204);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> other.as(secret, "GET", "/api/v1/pools").send().status() == 401);
        }
    }

    @Test
    void whoAsksTooOftenWaitsAndNobodyElseDoes() throws Exception {
        ControlPlaneConfig unlimited = TestApi.config(Replica.address(POSTGRES.database()), directory);
        RequestLimits limits = new RequestLimits(new Rate(1, 1_000), new Rate(1, 3), new Rate(1, 2));
        try (TestApi limited = TestApi.start(unlimited.withLimits(limits))) {
            String eager = limited.token("eager", "{\"role\":\"editor\"}");
            int accepted = 0;
            Answer last;
            do {
                last = limited.as(eager, "PUT", "/api/v1/pools/eager?dryRun=true")
                        .header("If-None-Match", "*")
                        .json("{\"spec\":{}}")
                        .send();
                accepted += last.status() == 201 ? 1 : 0;
            } while (last.status() == 201);
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.header("Retry-After").map(Integer::parseInt))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 2));
            assertThat(accepted).isGreaterThanOrEqualTo(3);
            assertThat(limited.as(eager, "GET", "/api/v1/pools").send().status())
                    .isEqualTo(200);
            assertThat(limited.delete("/api/v1/tokens/eager").status())
                    .as("another one")
                    .isEqualTo(204);

            Answer wrong;
            do {
                wrong = limited.as("wrong", "GET", "/api/v1/pools").send();
            } while (wrong.status() == 401);
            assertThat(wrong.status()).isEqualTo(429);
            assertThat(limited.get("/api/v1/pools").status())
                    .as("from the same address")
                    .isEqualTo(200);
        }
    }

    @Test
    void whoComesWithAJwtIsCalledAsTheirIssuerCallsThem() throws Exception {
        ControlPlaneConfig config = TestApi.config(Replica.address(POSTGRES.database()), directory);
        try (MockIssuer issuer = MockIssuer.start();
                TestApi open = TestApi.start(config.withOidc(oidc(issuer)))) {
            String editor = issuer.jwt(Instant.now(), claims -> claims.claim("groups", List.of("payments")));
            Answer written = open.as(editor, "PUT", "/api/v1/pools/by-jwt")
                    .header("If-None-Match", "*")
                    .json("{\"labels\":{\"team\":\"pay\"},\"spec\":{}}")
                    .send();
            assertThat(written.status()).isEqualTo(201);
            assertThat(open.get("/api/v1/revisions?pageSize=1")
                            .body()
                            .at("/items/0/author")
                            .asText())
                    .isEqualTo("corp:alice");
            assertThat(open.as(editor, "GET", "/api/v1/tokens").send().status()).isEqualTo(403);

            Answer nobody = open.as(issuer.jwt(Instant.now(), claims -> claims), "GET", "/api/v1/pools")
                    .send();
            assertThat(nobody.status()).isEqualTo(403);
            assertThat(nobody.body().path("detail").asText()).isEqualTo("No role is granted to corp:alice.");
        }
    }

    @Test
    void anIssuerThatIsAwayConcernsItsJwtsOnly() throws Exception {
        ControlPlaneConfig config = TestApi.config(Replica.address(POSTGRES.database()), directory);
        MockIssuer issuer = MockIssuer.start();
        String jwt = issuer.jwt(Instant.now(), claims -> claims.claim("groups", List.of("payments")));
        issuer.close();
        try (TestApi open = TestApi.start(config.withOidc(oidc(issuer)))) {
            Answer unknown = open.as(jwt, "GET", "/api/v1/pools").send();
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.header("Retry-After")).isPresent();
            assertThat(unknown.body().path("detail").asText()).contains("issuer");
            assertThat(open.get("/api/v1/pools").status()).isEqualTo(200);
        }
    }

    private static OidcConfig oidc(MockIssuer issuer) {
        Scope scope = new Scope(Optional.of("team=pay"), Optional.empty());
        OidcConfig.Grant grant = new OidcConfig.Grant("groups", Optional.of("payments"), Role.EDITOR, scope);
        return new OidcConfig(issuer.uri(), MockIssuer.AUDIENCE, "sub", "corp", List.of(grant));
    }

    private static JsonNode first(JsonNode events, String name, String event) {
        for (JsonNode each : events) {
            if (each.path("name").asText().equals(name)
                    && each.path("event").asText().equals(event)) {
                return each;
            }
        }
        throw new AssertionError("no " + event + " of " + name + " in " + events);
    }

    private static JsonNode newest() {
        return api.get("/api/v1/revisions?pageSize=1").body().at("/items/0");
    }

    private static Answer create(String name, String ifNoneMatch, String spec) {
        return api.request("PUT", "/api/v1/tokens/" + name)
                .header("If-None-Match", ifNoneMatch)
                .json("{\"spec\":" + spec + "}")
                .send();
    }

    private static int patch(String secret, String path, String body) {
        return api.as(secret, "PATCH", "/api/v1/" + path)
                .header("If-Match", "*")
                .header("Content-Type", "application/merge-patch+json")
                .body(body)
                .send()
                .status();
    }

    private static int put(String secret, String path, String body) {
        return api.as(secret, "PUT", "/api/v1/" + path)
                .header("If-Match", "*")
                .json(body)
                .send()
                .status();
    }

    private static int delete(String secret, String path) {
        return api.as(secret, "DELETE", "/api/v1/" + path)
                .header("If-Match", "*")
                .send()
                .status();
    }
}
