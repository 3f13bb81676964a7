package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.alert.Webhook;
import io.signalbox.controlplane.authentication.OidcConfig;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.store.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerConfigFileTest {
    private static final String DIGEST_OF_SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final String MINIMAL = """
            database: {url: "jdbc:postgresql://db/signalbox", user: signalbox, password: hush}
            keyset: /etc/keyset.json
            tokens: [{name: ci, sha256: %s}]
            """.formatted(DIGEST_OF_SECRET);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @Test
    void needsLittle() throws Exception {
        ControlPlaneConfig config = read(MINIMAL);

        assertThat(config.database())
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/signalbox", "signalbox", "hush"));
        assertThat(config.rest()).isEqualTo(new Address("127.0.0.1", 8080));
        assertThat(config.xds()).isEqualTo(new Address("127.0.0.1", 18000));
        assertThat(config.keyset()).isEqualTo(new ControlPlaneConfig.Keyset(Path.of("/etc/keyset.json"), false));
        assertThat(config.tokens()).containsExactly(Token.of("ci", "secret"));
        assertThat(config.retention()).isEqualTo(ControlPlaneConfig.Retention.DEFAULT);
        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void readsSecretsFromFilesAndTheEnvironment() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "from-file\n");
        Path token = Files.writeString(directory.resolve("token"), "secret\n");

        ControlPlaneConfig config = read("""
                database:
                  url: jdbc:postgresql://db/signalbox
                  user: ${SIGNALBOX_TEST_NOT_SET:-other}
                  passwordFile: %s
                  waitSeconds: 5
                keyset: /etc/keyset.json
                rest: {host: 0.0.0.0, port: 80}
                xds: {port: 1}
                tokens: [{name: ops, file: %s}]
                nodeRetentionHours: 1
                loadRetentionHours: 48
                experimentRetentionDays: 30
                """.formatted(password, token));

        assertThat(config.database().password()).isEqualTo("from-file");
        assertThat(config.database().user()).isEqualTo("other");
        assertThat(config.databaseWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.rest()).isEqualTo(new Address("0.0.0.0", 80));
        assertThat(config.xds()).isEqualTo(new Address("127.0.0.1", 1));
        assertThat(config.tokens()).containsExactly(Token.of("ops", "secret"));
        assertThat(config.retention())
                .isEqualTo(new ControlPlaneConfig.Retention(
                        Duration.ofHours(1), Duration.ofHours(48), Duration.ofDays(30)));
    }

    @Test
    void saysWhatIsWrong() {
        refuses(MINIMAL + "nodeRetention: 5\n", "nodeRetention");
        refuses(MINIMAL + "loadRetentionHours: 0\n", "loadRetentionHours 0 (expected: 1 at least)");
        refuses(MINIMAL + "experimentRetentionDays: 0\n", "experimentRetentionDays 0 (expected: 1 at least)");
        refuses(MINIMAL.replace("user: signalbox, ", ""), "user");
        refuses(MINIMAL.replace("user: signalbox, ", "user: , "), "user");
        refuses(MINIMAL.replace("tokens", "token"), "token");
        refuses(MINIMAL.replace("password: hush", "password: '${SIGNALBOX_TEST_NOT_SET}'"), "SIGNALBOX_TEST_NOT_SET");
        refuses(MINIMAL.replace(", password: hush", ""), "database (expected: one of password and passwordFile)");
        refuses(MINIMAL.replace(DIGEST_OF_SECRET, "abc"), "the sha256 of token ci (expected: 64 hexadecimal digits");
        refuses(MINIMAL + "rest: {port: 70000}\n", "70000 (expected: a port from 0 to 65535)");
        refuses("keyset: [", "config.yml");
        assertThatThrownBy(() -> ServerConfigFile.read(directory.resolve("none.yml")))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("none.yml");
    }

    @Test
    void readsWhoMayUseTheApiAndHowOften() throws Exception {
        ControlPlaneConfig config = read(MINIMAL.replaceAll("tokens.*", """
                tokens: [{name: dashboard, role: viewer, sha256: %s}]
                oidc:
                  issuer: https://login.example.com
                  audience: signalbox
                  nameClaim: email
                  prefix: corp
                  grants:
                    - {claim: groups, value: payments, role: editor, labelSelector: team=payments}
                    - {claim: sub, role: viewer}
                limits: {writes: {perSecond: 7, burst: 9}}
                """.formatted(DIGEST_OF_SECRET)));

        assertThat(config.tokens()).containsExactly(Token.of("dashboard", "secret", Role.VIEWER));
        assertThat(config.oidc())
                .contains(new OidcConfig(
                        URI.create("https://login.example.com"),
                        "signalbox",
                        "email",
                        "corp",
                        List.of(
                                new OidcConfig.Grant(
                                        "groups",
                                        Optional.of("payments"),
                                        Role.EDITOR,
                                        new Scope(Optional.of("team=payments"), Optional.empty())),
                                new OidcConfig.Grant("sub", Optional.empty(), Role.VIEWER, Scope.EVERYTHING))));
        assertThat(config.limits().writes()).isEqualTo(new RequestLimits.Rate(7, 9));
        assertThat(config.limits().reads()).isEqualTo(RequestLimits.DEFAULT.reads());
    }

    @Test
    void needsNoTokens() throws Exception {
        assertThat(read(MINIMAL.replaceAll("tokens.*", "")).tokens()).isEmpty();
    }

    @Test
    void saysWhatIsWrongAboutAccess() {
        String grant = "{claim: sub, role: viewer}";
        String oidc = "oidc: {issuer: 'https://login.example.com', audience: a, grants: [" + grant + "]}\n";
        refuses(MINIMAL.replace("name: ci", "name: ci, role: boss"), "role boss (expected: one of viewer, operator");
        refuses(MINIMAL.replace("name: ci", "name: 'oidc:ci'"), "a name without a colon");
        refuses(MINIMAL.replace("name: ci", "name: signalbox"), "signalbox");
        refuses(
                MINIMAL + oidc.replace("https", "http"),
                "oidc.issuer http://login.example.com (expected: an https URL)");
        refuses(MINIMAL + oidc.replace(grant, ""), "oidc.grants is empty");
        refuses(
                MINIMAL + oidc.replace("role: viewer", "role: admin, hostSuffix: a.b"),
                "a scope for role admin (expected: none");
        refuses(MINIMAL + oidc.replace("role: viewer", "role: editor, hostSuffix: '*.b'"), "hostSuffix *.b");
        refuses(MINIMAL + oidc.replace("role: viewer", "role: editor, labelSelector: 'a=b=c'"), "labelSelector a=b=c");
        refuses(MINIMAL + "limits: {reads: {perSecond: 0, burst: 1}}\n", "0 per second");
    }

    private static final String SIGNING_SECRET = "whsec_" + "hush".repeat(8);

    private static String webhooks(String... each) {
        return MINIMAL + "alerts: {webhooks: [" + String.join(", ", each) + "]}\n";
    }

    private static String webhook(String more) {
        return "{name: on-call, url: 'https://alerts.example.com/a?b=c', " + more + "}";
    }

    @Test
    void readsWhereAlertsGo() throws Exception {
        Path secrets =
                Files.writeString(directory.resolve("secrets"), SIGNING_SECRET + "\nwhsec_" + "hash".repeat(8) + "\n");

        ControlPlaneConfig config = read(webhooks(
                webhook("secret: " + SIGNING_SECRET),
                "{name: chat, url: 'http://chat.example.com', secretFile: " + secrets + ", authors: all}"));

        assertThat(config.webhooks()).hasSize(2);
        assertThat(config.webhooks().get(0).name()).isEqualTo("on-call");
        assertThat(config.webhooks().get(0).url()).isEqualTo(URI.create("https://alerts.example.com/a?b=c"));
        assertThat(config.webhooks().get(0).authors()).isEqualTo(Webhook.Authors.SIGNALBOX);
        assertThat(config.webhooks().get(0).secrets()).hasSize(1);
        assertThat(config.webhooks().get(1).authors()).isEqualTo(Webhook.Authors.ALL);
        assertThat(config.webhooks().get(1).secrets()).hasSize(2);
        assertThat(config.toString()).contains("on-call").doesNotContain("hush", "hash", "b=c");
        assertThat(read(MINIMAL).webhooks()).isEmpty();
    }

    @Test
    void saysWhatIsWrongAboutAlerts() {
        String secret = "secret: " + SIGNING_SECRET;
        String good = webhook(secret);
        refuses(MINIMAL + "alerts: {}\n", "webhooks");
        refuses(webhooks(good.replace("name: on-call, ", "")), "name");
        refuses(webhooks(good.replace("secret", "secretly")), "secretly");
        refuses(webhooks(good, good), "alerts.webhooks: name on-call (expected: a name that no other one has)");
        refuses(webhooks(good.replace("on-call", "On call")), "name On call (expected: 1 to 63 of a-z");
        refuses(webhooks(webhook("authors: all")), "alerts.webhooks on-call (expected: one of secret and secretFile)");
        refuses(webhooks(webhook("secret: hush")), "alerts.webhooks on-call: secret (expected: whsec_ and the Base64");
        refuses(webhooks(webhook("secret: ''")), "alerts.webhooks on-call: secret (expected: whsec_ and the Base64");
        refuses(
                webhooks(webhook("secret: '" + (SIGNING_SECRET + " ").repeat(3) + "'")),
                "alerts.webhooks on-call: secret (expected: one, or two");
        refuses(webhooks(webhook(secret + ", authors: people")), "authors people (expected: one of signalbox, all)");
        for (String url : List.of(
                "ftp://a.example.com",
                "/hush",
                "https:hush",
                "https:///hush",
                "https://u:hush@a.b",
                "https://a.b/#hush",
                "%hush")) {
            refuses(
                    webhooks("{name: on-call, url: '" + url + "', " + secret + "}"),
                    "alerts.webhooks on-call: url (expected: an http or https URL");
        }
        refuses(
                webhooks(IntStream.range(0, 17)
                        .mapToObj(i -> good.replace("on-call", "a" + i))
                        .toArray(String[]::new)),
                "alerts.webhooks: 17 of them (expected: at most 16)");
    }

    private static String prometheus(String more) {
        return MINIMAL + "prometheus: {url: 'https://prometheus.example.com/a', " + more + "}\n";
    }

    private static Optional<String> shown(ControlPlaneConfig config) throws IOException {
        return config.prometheus().orElseThrow().credentials().header();
    }

    @Test
    void readsWhomToAskAboutCanaries() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "hush\n");

        ControlPlaneConfig plain = read(prometheus("timeoutSeconds: 20"));
        assertThat(plain.prometheus().orElseThrow().url()).isEqualTo(URI.create("https://prometheus.example.com/a"));
        assertThat(plain.prometheus().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(shown(plain)).isEmpty();
        assertThat(read(MINIMAL).prometheus()).isEmpty();

        ControlPlaneConfig token = read(prometheus("bearerTokenFile: " + secret));
        assertThat(token.prometheus().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(shown(token)).contains("Bearer hush");
        assertThat(shown(read(prometheus("bearerToken: hush")))).contains("Bearer hush");
        assertThat(shown(read(prometheus("user: u, passwordFile: " + secret)))).contains("Basic dTpodXNo");
        ControlPlaneConfig password = read(prometheus("user: u, password: hush"));
        assertThat(shown(password)).contains("Basic dTpodXNo");
        assertThat(token + " " + password).contains("prometheus.example.com").doesNotContain("hush", "dTpodXNo");
    }

    @Test
    void saysWhatIsWrongAboutPrometheus() {
        refuses(MINIMAL + "prometheus: {}\n", "url");
        refuses(prometheus("token: hush"), "token");
        refuses(prometheus("timeoutSeconds: 60"), "prometheus: timeoutSeconds 60 (expected: 1 to 30)");
        refuses(
                prometheus("bearerToken: hush, bearerTokenFile: /none"),
                "prometheus (expected: one of bearerToken and bearerTokenFile)");
        refuses(prometheus("bearerTokenFile: /none"), "/none");
        refuses(prometheus("bearerToken: 'hush hush'"), "the bearer token is empty or has characters that");
        refuses(prometheus("user: u"), "prometheus: (expected: user and password, or neither)");
        refuses(prometheus("password: hush"), "prometheus: (expected: user and password, or neither)");
        refuses(prometheus("user: u, bearerToken: hush"), "prometheus: (expected: a bearer token or a user, not both)");
        for (String url : List.of("ftp://a.b", "/hush", "https://u:hush@a.b", "https://a.b?hush", "%hush")) {
            refuses(MINIMAL + "prometheus: {url: '" + url + "'}\n", "prometheus: url (expected: an http or https URL");
        }
    }

    @Test
    void whatTheLauncherTellsTheProcessIsNoField() throws Exception {
        String before = System.setProperty("signalbox.home", "/opt/signalbox");
        try {
            assertThat(read(MINIMAL).tokens()).hasSize(1);
        } finally {
            if (before == null) {
                System.clearProperty("signalbox.home");
            } else {
                System.setProperty("signalbox.home", before);
            }
        }
    }

    @Test
    void tokensArePrintedWithoutTheirSecrets() {
        assertThat(Token.of("a", "alpha").toString()).doesNotContain("alpha");
    }

    private void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hush");
    }

    private ControlPlaneConfig read(String text) throws StartFailed, IOException {
        return ServerConfigFile.read(Files.writeString(directory.resolve("config.yml"), text));
    }
}
