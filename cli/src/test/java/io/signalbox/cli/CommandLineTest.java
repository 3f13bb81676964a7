package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> everySubcommand() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("everySubcommand")
    void explainsItself(String name) {
        assertThat(run(name, "--help")).isZero();

        assertThat(out.toString()).startsWith("Usage: signalbox " + name);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSubcommandsAreTheDocumentedOnes() {
        assertThat(everySubcommand())
                .containsExactlyInAnyOrder(
                        "quickstart",
                        "route-check",
                        "dev",
                        "server",
                        "data-plane",
                        "bootstrap",
                        "apply",
                        "export",
                        "nodes",
                        "canary",
                        "experiment",
                        "explain",
                        "conformance",
                        "fuzz",
                        "bench",
                        "token",
                        "keyset",
                        "echo",
                        "test-certificate");
    }

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).matches("(?s)signalbox \\d+\\.\\d+.*Java 1?\\d.*");
    }

    @Test
    void aWrongCommandLineIsStatus2AndShowsTheUsage() {
        assertThat(run("apply")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--file=FILE|DIR'", "Usage: signalbox apply");
        assertThat(run("no-such-thing")).isEqualTo(2);
        assertThat(run("bootstrap", "--node-id", "a", "--xds", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("nonsense (expected: HOST:PORT)");
        assertThat(run("bootstrap", "--node-id", "a", "--stats-interval", "1m")).isEqualTo(2);
        assertThat(run("bootstrap", "--node-id", "a", "--stats-interval", "0s")).isEqualTo(2);
        assertThat(err.toString()).contains("1m (expected: seconds such as 1s or 0.5s)", "statsInterval is PT0S");
    }

    @Test
    void aFailureIsStatus1AndOneLine() {
        assertThat(run("nodes", "--token", "t", "--server", "nonsense")).isEqualTo(1);
        assertThat(run("server", "no-such-file.yml")).isEqualTo(1);
        assertThat(run("data-plane", "-c", "no-such-file.yaml")).isEqualTo(1);

        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("signalbox: "));
        assertThat(lines.get(0)).endsWith("server nonsense (expected: a URL like http://127.0.0.1:8080)");
    }

    @Test
    void aBootstrapSaysWhichStreamItWants() {
        run("bootstrap", "--node-id", "edge-1", "--fleet", "shop", "--xds", "10.0.0.1:18000", "--delta");
        assertThat(out.toString()).contains("id: edge-1", "cluster: shop", "DELTA_GRPC", "address: 10.0.0.1");

        out.getBuffer().setLength(0);
        run("bootstrap", "--node-id", "edge-1");
        assertThat(out.toString())
                .contains("api_type: GRPC", "cluster: default", "port_value: 18000")
                .doesNotContain("stats_flush_interval");

        out.getBuffer().setLength(0);
        run("bootstrap", "--node-id", "edge-1", "--stats-interval", "0.5s");
        assertThat(out.toString()).contains("stats_flush_interval: 0.5s");
    }

    @Test
    void aKeysetIsMadeOnceAndForItsOwnerOnly(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keyset.json");
        assertThat(run("keyset", "create", file.toString())).isZero();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String first = Files.readString(file);

        assertThat(run("keyset", "create", file.toString())).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo(first);
        assertThat(run("keyset", "rotate", file.toString())).isZero();
        assertThat(Files.readString(file)).isNotEqualTo(first);
    }

    @Test
    void aTestCertificateComesWithWhatClientsHaveToTrust(@TempDir Path directory) throws Exception {
        assertThat(run("test-certificate", "-d", directory.toString(), "a.example.com"))
                .isZero();

        assertThat(directory.resolve("shop.crt")).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(directory.resolve("ca.crt")).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(directory.resolve("shop.key")).content().contains("PRIVATE KEY-----");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
