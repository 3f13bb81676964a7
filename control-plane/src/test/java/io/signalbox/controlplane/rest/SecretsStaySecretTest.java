package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.OutputStreamAppender;
import io.signalbox.controlplane.authentication.Secret;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A token's secret is told once and then nowhere: not in the log, whatever level ours are at, not in an answer, not in the database. */
class SecretsStaySecretTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    @Test
    void noSecretLeavesTheControlPlaneTwice() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.signalbox");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        OutputStreamAppender<ch.qos.logback.classic.spi.ILoggingEvent> appender = appender(root, log);
        List<String> answers = new ArrayList<>();
        String secret;
        ours.setLevel(Level.TRACE);
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            secret = api.token("quiet", "{\"role\":\"viewer\"}");
            use(api, secret).forEach(answer -> answers.add(answer.toString()));
        } finally {
            ours.setLevel(null);
            root.detachAppender(appender);
            appender.stop();
        }
        String told = log.toString(StandardCharsets.UTF_8) + String.join("\n", answers);
        assertThat(told).contains("quiet");
        byte[] digest = new Secret(secret).digest();
        for (String form : List.of(
                secret,
                secret.substring(Secret.PREFIX.length()),
                HexFormat.of().formatHex(digest),
                Base64.getEncoder().encodeToString(digest),
                TestApi.TOKEN)) {
            assertThat(told).doesNotContain(form);
        }
        String stored = database();
        assertThat(stored).contains("quiet", HexFormat.of().formatHex(digest)); // the search would find it
        assertThat(stored).doesNotContain(secret, secret.substring(Secret.PREFIX.length()));
        assertThat(stored.split(HexFormat.of().formatHex(digest), -1))
                .as("the digest in tokens only")
                .hasSize(2);
    }

    private static List<Answer> use(TestApi api, String secret) {
        List<Answer> answers = new ArrayList<>();
        answers.add(api.as(secret, "GET", "/api/v1/pools").send());
        answers.add(api.as(secret, "GET", "/api/v1/nothing").send());
        answers.add(api.as(secret, "GET", "/api/v1/pools?unknown=1").send());
        answers.add(api.as(secret, "PUT", "/api/v1/pools/x").json("{").send());
        answers.add(api.as(secret, "GET", "/api/v1/tokens").send());
        answers.add(api.as(secret + "x", "GET", "/api/v1/pools").send());
        answers.add(api.anonymous("GET", "/api/v1/pools")
                .header("Authorization", "Basic " + secret)
                .send());
        answers.add(api.get("/api/v1/tokens"));
        answers.add(api.get("/api/v1/tokens/quiet"));
        answers.add(api.get("/api/v1/token-events"));
        answers.add(api.get("/api/v1/revisions"));
        answers.add(api.get("/metrics"));
        return answers;
    }

    private static OutputStreamAppender<ch.qos.logback.classic.spi.ILoggingEvent> appender(
            Logger root, ByteArrayOutputStream to) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(root.getLoggerContext());
        encoder.setPattern("%logger %msg %mdc %ex%n");
        encoder.start();
        OutputStreamAppender<ch.qos.logback.classic.spi.ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(root.getLoggerContext());
        appender.setEncoder(encoder);
        appender.setOutputStream(to);
        appender.start();
        root.addAppender(appender);
        return appender;
    }

    /** Every row of every table, as text. */
    private static String database() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        POSTGRES.database().jdbcUrl(),
                        POSTGRES.database().user(),
                        POSTGRES.database().password());
                Statement statement = connection.createStatement()) {
            List<String> tables = column(statement, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
            for (String table : tables) {
                all.append(column(statement, "SELECT t::text FROM " + table + " t"));
            }
        }
        return all.toString();
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
