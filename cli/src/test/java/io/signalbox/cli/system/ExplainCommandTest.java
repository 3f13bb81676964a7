package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.Main;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code signalbox explain} beside a control plane of this JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<LocalServer> server = Optional.empty();
    private String url = "";

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        LocalServer started = LocalServer.start(directory);
        server = Optional.of(started);
        url = "http://127.0.0.1:" + started.controlPlane().restPort();
        started.api()
                .changeSet(
                        "a shop",
                        List.of(
                                create("listener", "edge", "{\"address\":\"127.0.0.1\",\"port\":8080,\"http\":{}}"),
                                create("pool", "v1", "{}"),
                                create("pool", "v2", "{}"),
                                create("pool", "v3", "{}"),
                                create("route", "divided", """
                                        {"hosts":["divided.test"],"action":{"forward":{"pools":[{"pool":"v1"}]}}}"""),
                                create("route", "checkout", """
                                        {"hosts":["shop.test"],"match":{"path":{"prefix":"/checkout"}},
                                         "action":{"forward":{"pools":[{"pool":"v1","weight":95},{"pool":"v2","weight":5}]}}}"""),
                                create("route", "canary", """
                                        {"hosts":["shop.test"],"match":{"path":{"prefix":"/checkout"},
                                          "cookies":[{"name":"canary","exact":"true"}]},
                                         "action":{"forward":{"pools":[{"pool":"v2","weight":1}]}}}""")),
                        "");
        started.api().delete("routes", "canary", Expect.PRESENT);
        started.api().put("routes", "canary", json("""
                        {"hosts":["shop.test"],"match":{"path":{"prefix":"/checkout"},"methods":["POST"],
                          "cookies":[{"name":"canary","exact":"it's true"}]},
                         "action":{"forward":{"pools":[{"pool":"v2","weight":1}]}}}"""), Expect.ABSENT);
        started.api().put("canaries", "next", json("""
                        {"stable":"v1","canary":"v3","routes":["divided"]}"""), Expect.ABSENT);
        started.api().post("/api/v1/canaries/next:start");
    }

    @BeforeEach
    void forget() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    @AfterAll
    void stop() {
        server.ifPresent(LocalServer::close);
    }

    @Test
    void saysWhereARequestGoesAndWhatItLacksForStrongerRoutes() throws Exception {
        assertThat(explain("--host", "shop.test", "--path", "/checkout/1?a=b", "--header", "Accept: text/html"))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "outcome  forward to one of several pools",
                        "route    checkout",
                        "pools    v1 95 %, v2 5 %",
                        "sent as  GET http://shop.test/checkout/1?a=b",
                        "request  GET http://shop.test/checkout/1?a=b",
                        "at       revision 5, listener edge, host shop.test",
                        "",
                        "Routes that go first and do not take it:",
                        "  canary",
                        "    spec.match.methods: GET (expected: POST)",
                        "    spec.match.cookies[0]: canary: nothing (expected: canary: \"it's true\")");
    }

    @Test
    void tellsWhatARequestIsPartOf() throws Exception {
        explain("--host", "divided.test");
        assertThat(out.toString())
                .contains("pools    v3 5 % (canary next, canary, new), v1 95 % (canary next, stable, new)");
        explain("--host", "divided.test", "--cookie", "canary-next=04");
        assertThat(out.toString()).contains("outcome  forward to v3", "part of  canary next, canary, known");
    }

    @Test
    void takesACurlCommandAsWordsOrAsOne() throws Exception {
        assertThat(explain("--", "curl", "-d", "x", "-b", "canary=it's true", "http://shop.test/checkout"))
                .isZero();
        assertThat(out.toString()).startsWith("outcome  forward to v2").contains("route    canary");

        out.getBuffer().setLength(0);
        assertThat(explain("--json", "--", "curl -d x -b \"canary=it's true\" http://shop.test/checkout"))
                .isZero();
        assertThat(json(out.toString()).path("route").asText()).isEqualTo("canary");
    }

    @Test
    void looksAtPastRevisions() throws Exception {
        explain("--revision", "1", "--host", "shop.test", "--path", "/checkout", "--cookie", "canary=true");
        assertThat(out.toString()).contains("route    canary", "at       revision 1,");

        out.getBuffer().setLength(0);
        explain("--revision", "2", "--host", "other.test");
        assertThat(out.toString())
                .startsWith("outcome  404, as no route is for this host")
                .contains("route    none");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() throws Exception {
        assertThat(explain()).isEqualTo(2);
        assertThat(explain("--host", "a.test", "--header", "nothing")).isEqualTo(2);
        assertThat(explain("--host", "a.test", "--", "curl", "http://a.test")).isEqualTo(2);
        assertThat(explain("--host", "a.test", "--listener", "inner")).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "no request (expected: --host, or -- curl …)",
                        "--header nothing (expected: NAME:VALUE)",
                        "(expected: one of both)",
                        "listener: inner (expected: one of edge (http))");
    }

    private int explain(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(
                Stream.concat(Stream.of("explain", "--server", url, "--token", "secret"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Change create(String kind, String name, String spec) throws Exception {
        return new Change(kind, name, Expect.ABSENT, Optional.of(json(spec)), Map.of());
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
