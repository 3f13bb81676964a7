package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A route that Envoy refuses: its answer is longer than Envoy allows. The API stops such a route, so it is written to the
 * database beside the API, as a bug or a newer release might.
 */
class RefusedRouteTest {
    private static final int TOO_LONG = 5000;

    @ParameterizedTest
    @EnumSource
    void isRefusedOnceAndShownAndHoldsNothingElseUp(Protocol protocol, @TempDir Path directory) throws Exception {
        int bad = FreePorts.next();
        int good = FreePorts.next();
        try (LocalServer server = LocalServer.start(directory);
                EchoBackend backend = EchoBackend.start("fine");
                EnvoyProcess envoy = EnvoyProcess.start(
                        EnvoyBinary.find(),
                        EnvoyBootstrap.builder("edge-1", server.xds())
                                .protocol(protocol)
                                .build()
                                .toYaml())) {
            ApiClient api = server.api();
            api.put("listeners", "bad", Specs.listener(bad), Expect.ABSENT);
            api.put("listeners", "good", Specs.listener(good), Expect.ABSENT);
            api.put("pools", "fine", Specs.pool(backend), Expect.ABSENT);
            long first = api.put("routes", "only-bad", onListener("bad", "short"), Expect.ABSENT)
                    .revision();
            api.awaitConnected("edge-1", Proxies.PATIENCE);
            api.awaitAcknowledged("edge-1", first, Proxies.PATIENCE);

            writeBesideTheApi(server, "only-bad", "x".repeat(TOO_LONG));

            JsonNode refused = Awaitility.await()
                    .atMost(Proxies.PATIENCE)
                    .until(() -> routes(api).path("refused"), JsonNode::isObject);
            assertThat(refused.path("message").asText()).contains("response body size is " + TOO_LONG + " bytes");
            assertThat(refused.path("revision").asLong()).isEqualTo(first + 1);

            // Further changes go out, and bring the refused one not back.
            api.put("routes", "fine", withListener(Specs.forward("/", "fine"), "good"), Expect.ABSENT);
            RawHttpClient client = RawHttpClient.plain("127.0.0.1", good);
            Awaitility.await()
                    .atMost(Proxies.PATIENCE)
                    .until(() -> client.send(RawRequest.get(Specs.HOST, "/")).status() == 200);
            // Envoy counts a refused response once for each RouteConfiguration that it is subscribed to.
            assertThat(envoy.stats("rds\\..*update_rejected").values()).containsOnly(1L);
            assertThat(RawHttpClient.plain("127.0.0.1", bad)
                            .send(RawRequest.get(Specs.HOST, "/only"))
                            .text())
                    .as("the last route that was not refused")
                    .isEqualTo("short");

            long mended = api.put("routes", "only-bad", onListener("bad", "mended"), Expect.PRESENT)
                    .revision();
            api.awaitAcknowledged("edge-1", mended, Proxies.PATIENCE);
            assertThat(routes(api).has("refused")).isFalse();
        }
    }

    private static JsonNode onListener(String listener, String text) {
        return withListener(Specs.respond("/only", text), listener);
    }

    private static JsonNode withListener(ObjectNode route, String listener) {
        route.putArray("listeners").add(listener);
        return route;
    }

    private static JsonNode routes(ApiClient api) {
        return api.nodes().path(0).path("types").path("routes");
    }

    /** A revision as the store writes it: head, revision, history and resource in one transaction. */
    private static void writeBesideTheApi(LocalServer server, String route, String text) throws SQLException {
        String spec = onListener("bad", text).toString();
        try (Connection connection = DriverManager.getConnection(
                server.database().jdbcUrl(),
                server.database().user(),
                server.database().password())) {
            connection.setAutoCommit(false);
            execute(connection, "update head set revision = revision + 1");
            execute(
                    connection,
                    "insert into revisions select revision, gen_random_uuid(), 'test', null, now() from head");
            execute(
                    connection,
                    "insert into history (revision, kind, name, before_labels, before_spec, after_labels, after_spec)"
                            + " select h.revision, r.kind, r.name, r.labels, r.spec, r.labels, ?::jsonb"
                            + " from head h, resources r where r.name = ?",
                    spec,
                    route);
            execute(
                    connection,
                    "update resources set spec = ?::jsonb, revision = (select revision from head) where name = ?",
                    spec,
                    route);
            connection.commit();
        }
    }

    private static void execute(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }
}
