package io.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    since: "1.39"
                    expect: {pool: v1, headers: {x-gone: null}, upstream: {headers: {x-a: ["1", "2"]}}}
                """);

        ConformanceCase read = CaseFiles.in(directory).get(0);

        assertThat(read.path()).isEqualTo("suite/one");
        ConformanceCase.Request request = read.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.host()).isEqualTo("shop.example.com");
        assertThat(request.headers()).containsEntry("X-A", List.of("1", "2")).containsEntry("X-B", List.of("3"));
        assertThat(request.expect().headers()).containsEntry("x-gone", null);
        assertThat(request.isFor(new Release(1, 40))).isTrue();
        assertThat(request.isFor(new Release(1, 38))).isFalse();
    }

    @Test
    void findsEveryFaultOfEveryFileAtOnce() throws Exception {
        write("suite/a.yaml", """
                name: Title
                whyy: typo
                docs: somewhere
                pools: [v1]
                resources:
                  - {kind: listener, name: r, spec: {}}
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
                """);
        write("suite/b.yaml", "name: [not, a, text]\n");
        write("suite/c.yaml", "name: a\nname: b\n");

        assertThatThrownBy(() -> CaseFiles.in(directory))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContainingAll(
                        "suite/a.yaml: why: nothing (expected: a text)",
                        "suite/a.yaml: whyy: unknown field",
                        "suite/a.yaml: docs: somewhere (expected: an https:// URL)",
                        "suite/a.yaml: resources[0].kind: listener (expected: one of [pool, route])",
                        "suite/a.yaml: requests[0].time: unknown field",
                        "suite/a.yaml: requests[0].expect.pool: v2 (expected: one of [v1])",
                        "suite/a.yaml: requests[0].expect.stauts: unknown field",
                        "suite/a.yaml: requests[1].path: 7 (expected: a text",
                        "suite/a.yaml: requests[1].times: 0 (expected: 1 to",
                        "suite/a.yaml: requests[1].expect.share: a sum of 40.0 (expected: 100)",
                        "suite/a.yaml: requests[2].path: stands beside raw",
                        "suite/a.yaml: requests[2].before: newest (expected: a release of Envoy",
                        "suite/a.yaml: requests[2].expect: nothing",
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
