package io.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.local.EchoAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFilesTest {
    @TempDir
    Path directory;

    @Test
    void theShippedCasesAreReadable() throws Exception {
        List<ConformanceCase> cases = CaseFiles.shipped();

        assertThat(cases).extracting(ConformanceCase::suite).contains("base", "routing-traps");
        assertThat(cases).extracting(ConformanceCase::path).doesNotHaveDuplicates();
        assertThat(cases).extracting(ConformanceCase::title).doesNotHaveDuplicates();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void readsWhatAFileSays() throws Exception {
        write("suite/one.yaml", """
                name: Title
                why: Because.
                docs: https://example.com/
                pools: [v1]
                resources:
                  - {kind: route, name: r, spec: {hosts: ["*"]}}
                requests:
                  - path: /
                    headers: {X-A: ["1", "2"], X-B: "3"}
                    times: 3
                    since: "1.36"
                    except: "1.38"
                    expect: {pool: v1, headers: {x-gone: null}, upstream: {headers: {x-a: ["1", "2"]}}}
                """);

        ConformanceCase read = CaseFiles.in(directory).get(0);

        assertThat(read.path()).isEqualTo("suite/one");
        ConformanceCase.Request request = read.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.host()).isEqualTo("shop.example.com");
        assertThat(request.headers()).containsEntry("X-A", List.of("1", "2")).containsEntry("X-B", List.of("3"));
        assertThat(request.expect().headers()).containsEntry("x-gone", null);
        assertThat(request.releases().has(new Release(1, 40))).isTrue();
        assertThat(request.releases().has(new Release(1, 38))).isFalse();
        assertThat(request.releases().has(new Release(1, 37))).isTrue();
        assertThat(request.releases().has(new Release(1, 35))).isFalse();
        assertThat(request.releases()).hasToString("since 1.36, except 1.38");
    }

    @Test
    void readsWhatACaseHasForItself() throws Exception {
        write("suite/own.yaml", """
                name: Title
                why: Because.
                docs: https://example.com/
                pools: [flaky, v1]
                backends:
                  flaky:
                    answers: [503, {close: true}, {status: 201, delay: 1.5s, headers: {x-a: b}, bodyBytes: 10}]
                    byPath: {/deny: 403, /slow: {delay: 2s}}
                    health: 500
                    tls: {certificate: server}
                certificates:
                  server: {names: [server.example.com]}
                  stranger: {names: [who], authority: other, expired: true}
                resources:
                  - {kind: listener, name: edge, spec: {https: {certificates: [shop]}}}
                  - {kind: certificate, name: shop, spec: {names: [shop.example.com]}}
                requests:
                  - path: /
                    listener: edge
                    tls: {serverName: shop.example.com, certificate: stranger, versions: [TLSv1.2], alpn: [h2]}
                    preamble: "PROXY UNKNOWN\\r\\n"
                    bodyBytes: 3
                    expect: {refused: true, asked: {flaky: 0}, seen: {flaky: {protocol: HTTP/2}}}
                """);

        ConformanceCase read = CaseFiles.in(directory).get(0);

        assertThat(read.pools()).containsExactly("v1");
        assertThat(read.resources()).extracting(ConformanceCase.Document::kind).contains("pool");
        assertThat(read.listeners()).containsExactly("edge");
        assertThat(read.certificates()).containsOnlyKeys("server", "stranger", "shop");
        BackendSpec flaky = Objects.requireNonNull(read.backends().get("flaky"));
        assertThat(flaky.health().status()).isEqualTo(500);
        assertThat(flaky.answers())
                .extracting(EchoAnswer::status, EchoAnswer::closes, EchoAnswer::delay)
                .containsExactly(
                        tuple(503, false, Duration.ZERO),
                        tuple(200, true, Duration.ZERO),
                        tuple(201, false, Duration.ofMillis(1500)));
        assertThat(flaky.byPath())
                .containsExactly(
                        entry("/deny", EchoAnswer.of(403)),
                        entry(
                                "/slow",
                                new EchoAnswer(200, Duration.ofSeconds(2), Map.of(), OptionalInt.empty(), false)));
        ConformanceCase.Request request = read.requests().get(0);
        assertThat(request.body()).contains("xxx");
        assertThat(request.door().preamble()).contains("PROXY UNKNOWN\r\n");
        assertThat(request.door().tls().orElseThrow().certificate()).contains("stranger");
        assertThat(request.expect().asked().times()).containsEntry("flaky", 0);
    }

    @Test
    void findsEveryFaultOfEveryFileAtOnce() throws Exception {
        write("suite/a.yaml", """
                name: Title
                whyy: typo
                docs: somewhere
                pools: [v1]
                resources:
                  - {kind: flag, name: r, spec: {}}
                requests:
                  - path: /
                    time: 3
                    expect: {pool: v2, stauts: 200}
                  - path: 7
                    times: 0
                    expect: {share: {v1: 40}}
                  - raw: "GET / HTTP/1.1"
                    path: /
                    before: newest
                    expect: {}
                backends:
                  v1: {answers: [{delay: 1}, 5s]}
                  v3: {protocol: auto}
                certificates: {none: {}}
                """);
        write("suite/b.yaml", "name: [not, a, text]\n");
        write("suite/c.yaml", "name: a\nname: b\n");

        assertThatThrownBy(() -> CaseFiles.in(directory))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContainingAll(
                        "suite/a.yaml: why: nothing (expected: a text)",
                        "suite/a.yaml: whyy: unknown field",
                        "suite/a.yaml: docs: somewhere (expected: an https:// URL)",
                        "suite/a.yaml: resources[0].kind: flag (expected: one of [canary, certificate, experiment, listener, pool, route, virtual-host])",
                        "suite/a.yaml: requests[0].time: unknown field",
                        "suite/a.yaml: requests[0].expect.pool: v2 (expected: one of [v1])",
                        "suite/a.yaml: requests[0].expect.stauts: unknown field",
                        "suite/a.yaml: requests[1].path: 7 (expected: a text",
                        "suite/a.yaml: requests[1].times: 0 (expected: 1 to",
                        "suite/a.yaml: requests[1].expect.share: a sum of 40.0 (expected: 100)",
                        "suite/a.yaml: requests[2].path: stands beside raw",
                        "suite/a.yaml: requests[2].before: newest (expected: a release of Envoy",
                        "suite/a.yaml: requests[2].expect: nothing",
                        "suite/a.yaml: backends.v1.answers[0].delay: 1 (expected: a text",
                        "suite/a.yaml: backends.v1.answers[1]: \"5s\" (expected: an object)",
                        "suite/a.yaml: backends.v3.protocol: auto without tls",
                        "suite/a.yaml: backends: v3 (expected: one of [v1])",
                        "suite/a.yaml: certificates.none.names: nothing",
                        "suite/b.yaml: name: [\"not\",\"a\",\"text\"]",
                        "suite/b.yaml: requests: nothing",
                        "suite/c.yaml: ");
    }

    private void write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(directory.resolve("suite"));
        Files.writeString(file, text);
    }
}
