package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.AccessRows.Ask;
import io.signalbox.controlplane.rest.AccessRows.Row;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the OpenAPI document, with every kind of token. A new operation needs a row in {@link AccessRows}. */
class AccessTableTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static final AccessRows ROWS = new AccessRows();
    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    private static TestApi api;
    private static String scoped;
    private static List<String> refused;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
        scoped = api.token("scoped", "{\"role\":\"editor\",\"scope\":" + AccessRows.SCOPE + "}");
        ROWS.createResources(api, scoped);
        for (Role role : Role.values()) {
            TOKENS.put(role, api.token(role.word(), "{\"role\":\"" + role.word() + "\"}"));
        }
        String expired = api.token("expired", "{\"role\":\"admin\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}");
        String revoked = api.token("revoked", "{\"role\":\"admin\"}");
        assertThat(api.delete("/api/v1/tokens/revoked").status()).isEqualTo(204);
        String admin = secret(Role.ADMIN);
        refused = List.of(
                "Bearer sbx_0123456789012345678901234567890123456789012",
                "Bearer " + expired,
                "Bearer " + revoked,
                "Bearer",
                "Bearer ",
                "Bearer " + admin + " x",
                "Bearer " + admin + "x",
                "Bearer " + admin.substring(0, admin.length() - 1),
                "Basic " + admin,
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                admin);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static List<String> operations() {
        return OpenApiExamplesTest.document().path("paths").findValuesAsText("operationId");
    }

    @Test
    void noRowIsForNothing() {
        assertThat(ROWS.operations()).isEqualTo(new TreeSet<>(operations()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isForWhomItIs(String operation) {
        Row row = ROWS.find(operation).orElseThrow(() -> new AssertionError("no row for " + operation));

        checkWithoutToken(row);
        TOKENS.forEach((role, secret) -> {
            boolean may = row.least().map(role::includes).orElse(true);
            check(row.inside().send(api, bearer(secret)), may, role.word());
        });
        boolean scopedMay = row.least().map(Role.EDITOR::includes).orElse(true);
        check(row.inside().send(api, bearer(scoped)), scopedMay, "scoped, inside");
        row.outside().ifPresent(outside -> check(outside.send(api, bearer(scoped)), false, "scoped, outside"));
        row.outside()
                .ifPresent(outside -> check(outside.send(api, bearer(secret(Role.EDITOR))), true, "editor, outside"));
    }

    private static void checkWithoutToken(Row row) {
        Answer anonymous = row.inside().send(api, Optional.empty());
        if (row.least().isEmpty()) {
            assertThat(anonymous.status()).isEqualTo(200);
            return;
        }
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.header("WWW-Authenticate")).hasValue("Bearer realm=\"signalbox\"");
        for (String header : refused) {
            Answer answer = row.inside().send(api, Optional.of(header));
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate").orElse(""))
                    .as(header)
                    .startsWith("Bearer realm=\"signalbox\"");
        }
    }

    private static void check(Answer answer, boolean may, String who) {
        if (may) {
            assertThat(answer.status() / 100).as("%s: %s", who, answer).isEqualTo(2);
        } else {
            assertThat(answer.status()).as("%s: %s", who, answer).isEqualTo(403);
            assertThat(answer.body().at("/principal/name").asText()).isNotEmpty();
            JsonNode denial = answer.body().at("/denials/0");
            assertThat(denial.path("needed").asText()).isNotEmpty();
            assertThat(denial.path("found").asText()).isNotEmpty();
        }
    }

    @Test
    void nothingWasWritten() {
        Ask revisions = ROWS.find("listRevisions").orElseThrow().inside();
        assertThat(revisions.send(api, bearer(secret(Role.VIEWER))).body().path("items"))
                .hasSize(AccessRows.REVISIONS); // the resources that the requests are about
    }

    private static String secret(Role role) {
        return Objects.requireNonNull(TOKENS.get(role));
    }

    private static Optional<String> bearer(String secret) {
        return Optional.of("Bearer " + secret);
    }
}
